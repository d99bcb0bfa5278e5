"""What leaves the house, in the reader's language: a subject and two sentences."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.access.models import Account
from jiedui.core import carriers, crypto, words
from jiedui.core.carriers.ways import Posted, Way
from jiedui.core.i18n import said_in
from jiedui.core.outbox import LetterKind
from jiedui.letters import queries
from jiedui.letters.models import Delivery
from jiedui.letters.words import ASIDE, CODE, LOOK, SEVERAL, SUBJECT

DESK = "/desk"


class Nobody(Exception):
    """There is no address to send to."""


def message(deliveries: Sequence[Delivery], account: Account, way: Way) -> Posted:
    """One message out of all that goes to one person now; raise Nobody."""
    kinds = [one.letter.kind for one in deliveries]
    asks = kinds[0] is LetterKind.address_asked
    wanted = queries.wanted(account, way, asked=asks)
    if not wanted.to:
        raise Nobody
    what, text = _text(deliveries, wanted.language)
    if asks:
        choice = queries.choice_of(account.id)
        text = code_text(choice.code if choice is not None else "", wanted.language)
    subject = said_in(wanted.language, SUBJECT, what=what)
    return Posted(wanted.to, subject, text, _reference(deliveries))


def _text(deliveries: Sequence[Delivery], language: str) -> tuple[str, str]:
    said = list(dict.fromkeys(sentence(one.letter.kind, language) for one in deliveries))
    if len(deliveries) == 1:
        link = carriers.address(link_to(deliveries[0].letter_id))
        return said[0].rstrip(".。"), "\n".join([*said, said_in(language, LOOK, link=link)])
    what = said_in(language, SEVERAL, n=len(deliveries))
    link = carriers.address(DESK)
    return what, "\n".join([*said, said_in(language, LOOK, link=link)])


def sentence(kind: LetterKind, language: str) -> str:
    """What a kind of letter says."""
    return said_in(language, words.label_of(kind))


def code_text(code: str | None, language: str) -> str:
    """The letter that brings a code to an address that nobody has confirmed: nothing but that."""
    return "\n".join([said_in(language, CODE, code=code or ""), said_in(language, ASIDE)])


def link_to(letter_id: int) -> str:
    """The path that leads to what a letter is about, after signing in."""
    return f"/letters/{letter_id}"


def _reference(deliveries: Sequence[Delivery]) -> str:
    """The same for the same letters at every try; tells nobody how many letters there are."""
    numbers = ",".join(str(one.id) for one in deliveries)
    return crypto.fingerprint(f"delivery {numbers}")[:32]
