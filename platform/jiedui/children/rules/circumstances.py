"""What follows from the facts about a child and its parents: who is left behind, by both
definitions, who is an orphan or de facto without support; each answer with the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from jiedui.children.rules.ledger import ADULT, Category
from jiedui.core.months import months_after
from jiedui.core.resident_id import age_on

LONG_MONTHS = (
    6  # 民发〔2024〕17号: away, in custody or out of contact for six months without a break
)
NATIONAL_AGE = 16  # 国发〔2016〕13号
GRADES = range(1, 5)  # GB/T 26341: 1 is the most severe


class Unable(StrEnum):
    """Why a parent cannot care for a child (民发〔2019〕62号 part 1)."""

    dead = "dead"
    missing = "missing"  # declared so by a court
    severe_disability = "severe disability"  # grade 1-2, or 3-4 of mind or intellect
    serious_illness = "serious illness"
    in_custody = "in custody"
    compulsory_treatment = "compulsory treatment"
    restrained = "restrained"
    out_of_contact = "out of contact"


GONE = frozenset({Unable.dead, Unable.missing})
NEEDS_MONTHS = frozenset({Unable.in_custody, Unable.out_of_contact})


class Disability(StrEnum):
    """The kinds of GB/T 26341."""

    sight = "sight"
    hearing = "hearing"
    speech = "speech"
    limbs = "limbs"
    intellect = "intellect"
    mind = "mind"
    several = "several"


class Income(StrEnum):
    """What a household mostly lives on."""

    work_away = "work away"
    farming = "farming"
    relief = "relief"
    relatives = "relatives"
    other = "other"


class Known(StrEnum):
    """What the facts say to a question."""

    yes = "yes"
    no = "no"
    unknown = "unknown"


class Basis(StrEnum):
    """Why a child is in a category: somebody said so, or it follows from the facts."""

    said = "said"
    facts = "facts"


class Why(StrEnum):
    """The reason for an answer; a line on the file says it."""

    both_away = "both away"
    one_away = "one away"
    one_away_other_unable = "one away, other unable"
    nobody_away = "nobody away"
    not_long = "not long"
    not_beyond_county = "not beyond county"
    other_at_home = "other at home"
    too_old = "too old"
    not_rural = "not rural"
    parent_unknown = "parent unknown"
    since_unknown = "since unknown"
    where_unknown = "where unknown"
    rural_unknown = "rural unknown"
    both_gone = "both gone"
    both_unable = "both unable"
    one_cares = "one cares"
    certificate = "certificate"
    not_recorded = "not recorded"


@dataclass(frozen=True)
class Finding:
    """An answer and the reason for it."""

    answer: Known
    why: Why


@dataclass(frozen=True)
class ParentFacts:
    """What is known of a father or a mother. `beyond_county` None is not known."""

    away: bool = False
    away_since: date | None = None
    beyond_county: bool | None = None
    unable: Unable | None = None
    unable_since: date | None = None


@dataclass(frozen=True)
class Circumstances:
    """The facts that categories follow from. A parent that is None is not on record."""

    birth_date: date
    rural: bool | None = None
    father: ParentFacts | None = None
    mother: ParentFacts | None = None
    disability: Disability | None = None

    @property
    def parents(self) -> tuple[ParentFacts | None, ParentFacts | None]:
        """Both, on record or not."""
        return self.father, self.mother


@cache
def _earlier(today: date) -> date:
    return months_after(today, -LONG_MONTHS)


def _long(since: date | None, today: date) -> Known:
    if since is None:
        return Known.unknown
    return Known.yes if since <= _earlier(today) else Known.no


def _no(why: Why) -> Finding:
    return Finding(Known.no, why)


def _unknown(why: Why) -> Finding:
    return Finding(Known.unknown, why)


def left_behind_plan(facts: Circumstances, today: date) -> Finding:
    """By the county's plan, part three: a minor, one parent or both away for long. An absence
    without a first day counts as long: nobody registers a journey."""
    if age_on(facts.birth_date, today) >= ADULT:
        return _no(Why.too_old)
    away = [p for p in facts.parents if p is not None and p.away]
    long = [p for p in away if _long(p.away_since, today) is not Known.no]
    if len(long) == 2:
        return Finding(Known.yes, Why.both_away)
    if long:
        return Finding(Known.yes, Why.one_away)
    if None in facts.parents:
        return _unknown(Why.parent_unknown)
    return _no(Why.not_long if away else Why.nobody_away)


def _away_nationally(parent: ParentFacts, today: date) -> Finding:
    """Whether a parent is away as the national count has it: beyond the county, six months
    without a break (short visits home do not break it)."""
    if not parent.away:
        return _no(Why.other_at_home)
    long = _long(parent.away_since, today)
    if long is Known.no:
        return _no(Why.not_long)
    if parent.beyond_county is False:
        return _no(Why.not_beyond_county)
    if long is Known.unknown:
        return _unknown(Why.since_unknown)
    if parent.beyond_county is None:
        return _unknown(Why.where_unknown)
    return Finding(Known.yes, Why.both_away)


def left_behind_national(facts: Circumstances, today: date) -> Finding:
    """By 国发〔2016〕13号 part 1 and 民发〔2024〕17号: under 16, of a rural household, both parents
    away, or one away and the other unable to care."""
    if age_on(facts.birth_date, today) >= NATIONAL_AGE:
        return _no(Why.too_old)
    if facts.rural is False:
        return _no(Why.not_rural)
    sides = [p and _side(p, today) for p in facts.parents]
    refused = next((s for s in sides if s and s.answer is Known.no), None)
    if refused is not None:
        return refused
    known = [p for p in facts.parents if p is not None]
    if len(known) == 2 and all(p.unable is not None and not p.away for p in known):
        return _no(Why.nobody_away)
    open_ = next((s for s in sides if s and s.answer is Known.unknown), None)
    if None in sides:
        return _unknown(Why.parent_unknown)
    if open_ is not None:
        return open_
    if facts.rural is None:
        return _unknown(Why.rural_unknown)
    alone = any(p.unable is not None and not p.away for p in known)
    return Finding(Known.yes, Why.one_away_other_unable if alone else Why.both_away)


def _side(parent: ParentFacts, today: date) -> Finding:
    """Whether a parent cannot be there: away, or unable."""
    if parent.unable is not None and not parent.away:
        return Finding(Known.yes, Why.one_away_other_unable)
    return _away_nationally(parent, today)


def orphan(facts: Circumstances) -> Finding:
    """Both parents dead or declared missing (民政部等《关于加强孤儿保障工作的意见》)."""
    known = [p for p in facts.parents if p is not None]
    if any(p.unable not in GONE for p in known):
        return _no(Why.one_cares)
    return Finding(Known.yes, Why.both_gone) if len(known) == 2 else _unknown(Why.parent_unknown)


def de_facto_unattended(facts: Circumstances, today: date) -> Finding:
    """Both parents unable, and not both dead or missing (民发〔2019〕62号 part 1)."""
    known = [p for p in facts.parents if p is not None]
    if any(p.unable is None for p in known):
        return _no(Why.one_cares)
    waits = [p for p in known if p.unable in NEEDS_MONTHS]
    if any(_long(p.unable_since, today) is Known.no for p in waits):
        return _no(Why.not_long)
    if len(known) < 2:
        return _unknown(Why.parent_unknown)
    if any(p.unable_since is None for p in waits):
        return _unknown(Why.since_unknown)
    return _no(Why.both_gone) if orphan(facts).answer is Known.yes else _both_unable()


def _both_unable() -> Finding:
    return Finding(Known.yes, Why.both_unable)


def disabled(facts: Circumstances) -> Finding:
    """A disability is on record (GB/T 26341)."""
    if facts.disability is None:
        return _unknown(Why.not_recorded)
    return Finding(Known.yes, Why.certificate)


def findings(facts: Circumstances, today: date) -> Mapping[Category, Finding]:
    """What the facts say about every category that follows from facts."""
    return {
        Category.left_behind: left_behind_plan(facts, today),
        Category.orphan: orphan(facts),
        Category.de_facto_unattended: de_facto_unattended(facts, today),
        Category.disabled: disabled(facts),
    }


def settled(
    said: frozenset[Category], found: Mapping[Category, Finding]
) -> Mapping[Category, Basis]:
    """The categories a child is in: those that follow from the facts, and those that somebody has
    said unless the facts say no."""
    kept = {c: Basis.said for c in said if c not in found or found[c].answer is Known.unknown}
    computed = {c: Basis.facts for c, one in found.items() if one.answer is Known.yes}
    return kept | computed
