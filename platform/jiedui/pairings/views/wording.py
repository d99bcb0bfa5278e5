"""What the engine said, in the reader's language: the one line, barriers, parts and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from jiedui.core import words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.rules import HelpKind, Language, Mode, Subject
from jiedui.pairings.rules.reasons import Barrier, Change, Gap, Part, Reason
from jiedui.pairings.views.blueprint import bp

DAYS = [_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun")]
TIMES = [_l("morning"), _l("afternoon"), _l("evening")]
NEARBY = {Reason.same_village, Reason.same_township}


@bp.app_template_filter("slot_words")
def slot_words(slot: int) -> str:
    """Saturday morning, by its number."""
    day, part = divmod(slot, 3)
    return gettext("%(day)s %(part)s", day=DAYS[day], part=TIMES[part])


def listed(kind: type[StrEnum], codes: Iterable[str]) -> str:
    """Several of one kind, one after another."""
    return gettext(" / ").join(words.label(kind(code)) for code in codes)


def piece(code: str, *values: Any) -> str:
    """One piece of the line."""
    reason = Reason(code)
    if reason is Reason.kilometres:
        return words.label(reason, km=values[0])
    if reason is Reason.weekly_slot:
        return words.label(reason, slot=slot_words(values[0]))
    if reason is Reason.speaks:
        return words.label(reason, languages=listed(Language, values[0]))
    if reason is Reason.teaches:
        return words.label(reason, subjects=listed(Subject, values[0]))
    return words.label(reason)


@bp.app_template_filter("pair_line")
def pair_line(pieces: Iterable[list[Any]]) -> str:
    """The one line that says why: same township 3 km · Saturday afternoon · speaks Hakka."""
    line = ""
    before: Reason | None = None
    for code, *values in pieces:
        near = before in NEARBY and code == Reason.kilometres
        gap = "" if not line else " " if near else " · "
        line += gap + piece(code, *values)
        before = Reason(code)
    return line


@bp.app_template_filter("barrier_words")
def barrier_words(codes: Iterable[str]) -> str:
    """Everything that stands against a pair."""
    return gettext("; ").join(words.label(Barrier(code)) for code in codes)


@bp.app_template_filter("barrier_counts")
def barrier_counts(stopped: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many each rule stops, most first."""
    ranked = sorted(stopped.items(), key=lambda row: -row[1])
    return [(words.label(Barrier(code)), count) for code, count in ranked]


@bp.app_template_filter("score_parts")
def score_parts(parts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The parts of a score in the order of the page; those without points are left out."""
    return [(part.value, parts[part.value]) for part in Part if parts.get(part.value)]


@bp.app_template_filter("part_label")
def part_label(code: str) -> str:
    """The word of a part."""
    return words.label(Part(code))


@bp.app_template_filter("gap_words")
def gap_words(codes: Iterable[str]) -> str:
    """What is not known of a pair."""
    return gettext("; ").join(words.label(Gap(code)) for code in codes)


def somebody(who: Mapping[str, Any], town: str) -> str:
    """Somebody who is looked for: which help, where, when."""
    what = listed(HelpKind, who["offers"])
    taught = listed(Subject, who["subjects"])
    facts = {
        "what": f"{what} · {taught}" if taught else what,
        "town": town,
        "when": gettext(" / ").join(slot_words(slot) for slot in who["slots"][:2]),
    }
    if who["social_worker"]:
        return gettext("one more social worker: %(what)s, %(town)s, %(when)s", **facts)
    return gettext("one more volunteer: %(what)s, %(town)s, %(when)s", **facts)


@bp.app_template_filter("change_words")
def change_words(
    change: Mapping[str, Any], helpers: Mapping[int, Any], towns: Mapping[int | None, str]
) -> str:
    """The smallest change, as something that can be done."""
    code, what, slot = Change(change["code"]), change["what"], change["slot"]
    who = change.get("who")
    if code is Change.new_helper and who:
        return somebody(who, towns.get(who["township_id"], gettext("anywhere")))
    helper = helpers.get(change["helper_id"])
    facts = {
        "helper": f"{helper.name} {helper.code}" if helper else "",
        "slot": slot_words(slot) if slot is not None else "",
        "language": words.label(Language(what)) if code is Change.language else "",
        "mode": words.label(Mode(what)) if code is Change.mode else "",
        "km": round(change["km"]) if change["km"] else "",
    }
    return words.label(code, **facts)


def spoken(refusal: Refusal) -> Refusal:
    """A refusal whose facts people can read: codes of barriers become words."""
    facts = dict(refusal.facts)
    if "barriers" in facts:
        facts["barriers"] = barrier_words(facts["barriers"])
    return Refusal(refusal.code, refusal.field, **facts)
