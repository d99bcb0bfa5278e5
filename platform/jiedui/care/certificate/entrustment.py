"""An agreement as a PDF in Chinese, one or many in one file."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.care.certificate.wording import paper
from jiedui.care.models import Entrustment
from jiedui.care.rules.entrustment import PaperRefusal
from jiedui.core import written
from jiedui.core.i18n import force_locale


def pdf(agreements: Sequence[Entrustment]) -> bytes:
    """These agreements on A4, each on sheets of its own, in Chinese, with the used glyphs
    embedded. Refuses a character that no font here has."""
    with force_locale("zh_CN"):
        said = [paper(one, numbers=True) for one in agreements]
        return written.pdf(said, PaperRefusal.unprintable)
