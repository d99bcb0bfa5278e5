"""Why a child may have a support, as a person reads it."""

from __future__ import annotations

from jiedui.care.rules.support import Atom, Fact, Verdict
from jiedui.care.views.blueprint import bp
from jiedui.care.words.support import FAILS, HOLDS
from jiedui.children.rules import Known
from jiedui.core import words
from jiedui.core.i18n import gettext


def piece(atom: Atom) -> str:
    """One piece of a reason; of what is not known, the question."""
    if atom.holds is None:
        return words.label(atom.fact)
    if atom.below is None:
        return str((HOLDS if atom.holds else FAILS)[atom.fact])
    bound = atom.below - 1 if atom.fact is Fact.grade else atom.below
    return str((HOLDS if atom.holds else FAILS)[atom.fact]) % {"n": bound}


@bp.app_template_filter("why_support")
def why_support(verdict: Verdict | None) -> str:
    """The line that says why: the facts that decide, or those that are missing."""
    if verdict is None:
        return gettext("No rule is in force today")
    said = gettext(", ").join(piece(atom) for atom in verdict.why)
    if verdict.answer is Known.unknown:
        return gettext("Not known yet: %(what)s", what=said)
    if verdict.answer is Known.no:
        return gettext("Not at present: %(why)s", why=said)
    return gettext("Because: %(why)s", why=said)
