"""Who is left behind, by both definitions; who is an orphan or de facto without support."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.children.rules import (
    Basis,
    Category,
    Circumstances,
    Disability,
    Known,
    ParentFacts,
    Unable,
    Why,
    findings,
    left_behind_national,
    settled,
)

TODAY = date(2026, 11, 27)
LONG, SHORT = date(2026, 1, 5), date(2026, 9, 1)
NINE = date(2017, 3, 3)
HOME = ParentFacts()
FAR = ParentFacts(away=True, away_since=LONG, beyond_county=True)


def known(
    answer: Known, why: Why, father: ParentFacts | None, mother: ParentFacts | None, **over: object
) -> None:
    """The national count says this of a nine-year-old of a rural household."""
    facts = Circumstances(
        **{"birth_date": NINE, "rural": True, "father": father, "mother": mother, **over}
    )  # type: ignore[arg-type]
    found = left_behind_national(facts, TODAY)
    assert (found.answer, found.why) == (answer, why)


def test_the_national_count_asks_for_both_parents() -> None:
    """Both away, or one away and the other unable; never one alone (13号 part 1)."""
    known(Known.yes, Why.both_away, FAR, FAR)
    known(Known.no, Why.other_at_home, FAR, HOME)
    ill = ParentFacts(unable=Unable.serious_illness)
    known(Known.yes, Why.one_away_other_unable, FAR, ill)
    known(Known.no, Why.nobody_away, ill, ill)


def test_the_national_count_asks_how_long_and_how_far() -> None:
    """Six months without a break, beyond the county; what is not known makes no answer."""
    known(Known.no, Why.not_long, FAR, ParentFacts(away=True, away_since=SHORT, beyond_county=True))
    known(Known.no, Why.not_beyond_county, FAR, ParentFacts(True, LONG, False))
    known(Known.unknown, Why.since_unknown, FAR, ParentFacts(True, None, True))
    known(Known.unknown, Why.where_unknown, FAR, ParentFacts(True, LONG, None))
    known(Known.unknown, Why.parent_unknown, FAR, None)


def test_the_national_count_asks_for_age_and_register() -> None:
    """Under sixteen and of a rural household."""
    known(Known.no, Why.too_old, FAR, FAR, birth_date=date(2010, 11, 27))
    known(Known.yes, Why.both_away, FAR, FAR, birth_date=date(2010, 11, 28))
    known(Known.no, Why.not_rural, FAR, FAR, rural=False)
    known(Known.unknown, Why.rural_unknown, FAR, FAR, rural=None)


def plan(father: ParentFacts | None, mother: ParentFacts | None, birth: date = NINE) -> Known:
    """What the county's plan says."""
    facts = Circumstances(birth, father=father, mother=mother)
    return findings(facts, TODAY)[Category.left_behind].answer


def test_the_countys_plan_asks_for_one_parent() -> None:
    """One parent away for long makes a minor left behind, whatever is known of the other."""
    assert plan(FAR, HOME) is Known.yes
    assert plan(FAR, None) is Known.yes
    assert plan(HOME, HOME) is Known.no
    assert plan(HOME, None) is Known.unknown
    assert plan(ParentFacts(away=True), HOME) is Known.yes
    assert plan(ParentFacts(away=True, away_since=SHORT), HOME) is Known.no
    assert plan(FAR, FAR, date(2008, 11, 27)) is Known.no


def test_an_orphan_is_not_de_facto_without_support() -> None:
    """Both gone: an orphan. One gone, the other in prison for half a year: de facto."""
    gone = ParentFacts(unable=Unable.dead)
    jail = ParentFacts(unable=Unable.in_custody, unable_since=LONG)
    both = findings(Circumstances(NINE, father=gone, mother=gone), TODAY)
    assert both[Category.orphan].answer is Known.yes
    assert both[Category.de_facto_unattended].answer is Known.no
    one = findings(Circumstances(NINE, father=gone, mother=jail), TODAY)
    assert one[Category.orphan].answer is Known.no
    assert one[Category.de_facto_unattended].answer is Known.yes
    short = ParentFacts(unable=Unable.out_of_contact, unable_since=SHORT)
    soon = findings(Circumstances(NINE, father=gone, mother=short), TODAY)
    assert soon[Category.de_facto_unattended].why is Why.not_long


days = st.dates(date(2020, 1, 1), TODAY)
parents = st.none() | st.builds(
    ParentFacts,
    away=st.booleans(),
    away_since=st.none() | days,
    beyond_county=st.none() | st.booleans(),
    unable=st.none() | st.sampled_from(Unable),
    unable_since=st.none() | days,
)
families = st.builds(
    Circumstances,
    birth_date=st.dates(date(2006, 1, 1), TODAY),
    rural=st.none() | st.booleans(),
    father=parents,
    mother=parents,
    disability=st.none() | st.sampled_from(Disability),
)


@given(families)
def test_the_answers_agree_with_each_other(facts: Circumstances) -> None:
    """Never both orphan and de facto; father and mother count alike; the national count is the
    narrower one wherever both parents are away."""
    found = findings(facts, TODAY)
    yes = {c for c, one in found.items() if one.answer is Known.yes}
    assert not {Category.orphan, Category.de_facto_unattended} <= yes
    turned = Circumstances(
        facts.birth_date, facts.rural, facts.mother, facts.father, facts.disability
    )
    assert {c: one.answer for c, one in findings(turned, TODAY).items()} == {
        c: one.answer for c, one in found.items()
    }
    national = left_behind_national(facts, TODAY)
    if national.answer is Known.yes:
        assert Category.left_behind in yes


@given(families, days)
def test_time_alone_never_takes_a_long_absence_back(facts: Circumstances, day: date) -> None:
    """Who is left behind by the plan stays so while nobody comes home and nobody turns eighteen."""
    later = day + timedelta(days=30)
    before = findings(facts, day)[Category.left_behind]
    after = findings(facts, later)[Category.left_behind]
    if before.answer is Known.yes and after.why is not Why.too_old:
        assert after.answer is Known.yes


@given(families, st.frozensets(st.sampled_from(Category)))
def test_the_facts_come_before_what_was_said(
    facts: Circumstances, said: frozenset[Category]
) -> None:
    """A category the facts speak for holds, one they speak against does not, the rest as said."""
    found = findings(facts, TODAY)
    held = settled(said, found)
    for category in Category:
        answer = found[category].answer if category in found else Known.unknown
        if answer is Known.unknown:
            assert (category in held) == (category in said)
        else:
            assert (category in held) == (answer is Known.yes)
    assert all(held[c] is Basis.facts for c in held if c in found and found[c].answer is Known.yes)
