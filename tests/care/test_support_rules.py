"""Which support a child may claim, and why: by law, in three values, on every day.

Made to catch: `or` that stops at the first unknown, an unless that is forgotten, a rule without its
last day, an orphan who is de facto without support as well, an age bound by one year, a notice
that does not count, a grant that may follow telling alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from jiedui.care.rules.support import (
    DECIDED,
    ONE_OF,
    RULES,
    SUPPORT_MOVES,
    BadRule,
    Fact,
    Facts,
    Rule,
    Situation,
    Standard,
    Support,
    SupportState,
    Task,
    Verdict,
    Way,
    facts_of,
    judge,
    judged,
    move_fault,
    newest_rule,
    notice_ends,
    read,
    renews_on,
    rule_of,
    rule_on,
    standard_on,
    starts_usually,
    task_of,
)
from jiedui.care.rules.support.facts import NUMBERS, find
from jiedui.care.rules.support.table import Per, check_table
from jiedui.children.rules import (
    Category,
    Circumstances,
    Disability,
    Income,
    Known,
    ParentFacts,
    SchoolStage,
    Unable,
)

TODAY = date(2026, 11, 25)
ABLE, DEAD = ParentFacts(), ParentFacts(unable=Unable.dead)
JAILED = ParentFacts(unable=Unable.in_custody, unable_since=date(2025, 1, 1))
YEARS_AGO = {age: date(2026 - age, 3, 1) for age in range(19)}


def child(age: int = 9, **over: object) -> Situation:
    """A pupil of whose family nothing much is known."""
    usual = SchoolStage.primary_3 if 6 <= age < 15 else SchoolStage.senior
    usual = SchoolStage.kindergarten if age < 6 else usual
    parents = {name: over.pop(name, None) for name in ("father", "mother", "rural", "disability")}
    said = {"stage": usual, "categories": frozenset(), "boarding": False} | over
    return Situation(Circumstances(YEARS_AGO[age], **parents), **said)  # type: ignore[arg-type]


def answers(who: Situation, today: date = TODAY) -> dict[Support, Verdict]:
    """What the rules say of a child, by support."""
    return {one.code: one for one in judged(facts_of(who, today), today)}


def yes(who: Situation) -> set[str]:
    """What a child may have, without what every pupil has."""
    everybody = {"exemptions", "check_up", "vaccination", "nutrition"}
    found = {one.code.value for one in answers(who).values() if one.answer is Known.yes}
    return found - everybody


def test_an_orphan_gets_the_orphans_allowance_and_no_other_of_the_three() -> None:
    who = child(father=DEAD, mother=DEAD, income=Income.relief)
    assert yes(who) & {one.value for one in ONE_OF} == {"orphan_allowance"}
    assert answers(who)[Support.unattended_allowance].answer is Known.no


def test_one_parent_dead_and_one_in_prison_is_de_facto_without_support() -> None:
    who = child(father=DEAD, mother=JAILED)
    assert yes(who) & {one.value for one in ONE_OF} == {"unattended_allowance"}
    just_gone = replace(JAILED, unable_since=TODAY - timedelta(days=30))
    assert "unattended_allowance" not in yes(child(father=DEAD, mother=just_gone))


def test_a_parent_who_cares_ends_it() -> None:
    who = child(father=DEAD, mother=ABLE)
    found = answers(who)[Support.unattended_allowance]
    assert found.answer is Known.no
    assert Fact.unattended in {atom.fact for atom in found.why}


def test_what_is_not_known_is_named() -> None:
    found = answers(child(father=DEAD))[Support.orphan_allowance]
    assert (found.answer, [atom.fact for atom in found.why]) == (Known.unknown, [Fact.orphan])
    poor = answers(child())[Support.minimum_allowance]
    assert (poor.answer, [atom.fact for atom in poor.why]) == (Known.unknown, [Fact.hardship])


def test_a_poor_boarder_gets_the_living_subsidy_a_rich_one_not() -> None:
    assert "living_subsidy" in yes(child(boarding=True, income=Income.relief))
    assert "living_subsidy" not in yes(child(boarding=False, income=Income.relief))
    assert "living_subsidy" not in yes(child(boarding=True, income=Income.farming))
    assert "living_subsidy" not in yes(child(16, boarding=True, income=Income.relief))
    relief = frozenset({Category.minimum_allowance})
    assert "living_subsidy" in yes(child(boarding=False, categories=relief))


def test_support_of_disabled_children() -> None:
    disabled = frozenset({Category.disabled})
    one = child(5, categories=disabled, grade=1, disability=Disability.limbs)
    assert {"disability_nursing", "rehabilitation", "insurance_aid"} <= yes(one)
    assert "disability_living" not in yes(one)
    light = child(9, categories=disabled, grade=3, disability=Disability.limbs)
    assert not {"disability_nursing", "rehabilitation"} & yes(light)
    relief = frozenset({Category.disabled, Category.minimum_allowance})
    poor = child(9, categories=relief, grade=3, father=ABLE)
    assert "disability_living" in yes(poor)
    parentless = replace(poor, circumstances=Circumstances(YEARS_AGO[9], father=DEAD, mother=DEAD))
    assert "disability_living" not in yes(parentless)
    kept = child(9, categories=disabled | {Category.destitution_support}, grade=1)
    assert not {"disability_living", "disability_nursing"} & yes(kept)


def test_destitution_support_begins_before_sixteen_and_may_go_on() -> None:
    poor = frozenset({Category.other_hardship})
    hurt = ParentFacts(unable=Unable.out_of_contact, unable_since=TODAY - timedelta(days=60))
    one = child(15, father=hurt, mother=hurt, categories=poor)
    assert "destitution_support" in yes(one)
    older = child(16, father=hurt, mother=hurt, categories=poor)
    assert "destitution_support" not in yes(older)
    rule_ = newest_rule(Support.destitution_support)
    had = judge(rule_, facts_of(older, TODAY), granted=True)
    assert had.answer is Known.yes
    left = replace(child(18, father=hurt, mother=hurt), stage=SchoolStage.out_of_school)
    assert judge(rule_, facts_of(left, TODAY), granted=True).answer is Known.no


def test_an_allowance_goes_on_at_eighteen_only_at_school() -> None:
    rule_ = newest_rule(Support.orphan_allowance)
    for stage, answer in ((SchoolStage.senior, Known.yes), (SchoolStage.out_of_school, Known.no)):
        who = replace(child(18, father=DEAD, mother=DEAD), stage=stage)
        assert judge(rule_, facts_of(who, TODAY), granted=True).answer is answer
        assert judge(rule_, facts_of(who, TODAY)).answer is Known.no


# --- any facts ------------------------------------------------------------------------------------
truth = st.sampled_from([True, False, None])


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """Facts of any kind, known and not."""
    found: dict[Fact, bool | int | None] = {fact: draw(truth) for fact in Fact}
    found[Fact.age] = draw(st.one_of(st.none(), st.integers(0, 20)))
    found[Fact.grade] = draw(st.one_of(st.none(), st.integers(1, 4)))
    return found


days = st.dates(date(2005, 1, 1), date(2040, 1, 1))


@given(some_facts(), days)
def test_never_both_orphan_and_de_facto(facts: Facts, today: date) -> None:
    found = {one.code for one in judged(facts, today) if one.answer is Known.yes}
    assert len(found & {Support.orphan_allowance, Support.unattended_allowance}) < 2


@given(some_facts(), st.data())
def test_a_fact_more_never_turns_an_answer_into_a_question(
    facts: Facts, data: st.DataObject
) -> None:
    missing = [fact for fact in Fact if facts[fact] is None]
    if not missing:
        return
    fact = data.draw(st.sampled_from(missing))
    value = data.draw(st.integers(0, 20) if fact in NUMBERS else st.booleans())
    for before, after in zip(
        judged(facts, TODAY), judged({**facts, fact: value}, TODAY), strict=True
    ):
        if before.answer is not Known.unknown:
            assert after.answer is before.answer
        else:
            assert {atom.holds for atom in before.why} == {None}


@given(some_facts())
def test_what_is_asked_for_is_what_decides(facts: Facts) -> None:
    """Any values for all the missing facts of a question answer it."""
    for one in judged(facts, TODAY):
        if one.answer is Known.unknown:
            more = {fact: 3 if fact in NUMBERS else False for fact in Fact if facts[fact] is None}
            assert judge(one.rule, {**facts, **more}).answer is not Known.unknown


@given(some_facts(), days)
def test_nothing_is_given_outside_the_days_of_its_law(facts: Facts, today: date) -> None:
    for one in judged(facts, today):
        assert one.rule.starts <= today
        assert one.rule.until is None or today <= one.rule.until
    law = replace(newest_rule(Support.check_up), until=date(2026, 6, 30))
    held = [one.rule for one in judged(facts, today, [law])]
    assert held == ([law] if law.starts <= today <= date(2026, 6, 30) else [])


@given(some_facts())
def test_reasons_are_facts_that_hold_as_they_are_said(facts: Facts) -> None:
    for one in judged(facts, TODAY):
        for atom in one.why:
            known = facts[atom.fact]
            if known is None:
                assert atom.holds is None
            elif atom.below is None:
                assert atom.holds is bool(known)
            else:
                assert atom.holds is (known < atom.below)


categories = st.frozensets(st.sampled_from(Category))
parents = st.one_of(
    st.none(),
    st.builds(
        ParentFacts,
        away=st.booleans(),
        unable=st.one_of(st.none(), st.sampled_from(Unable)),
        unable_since=st.one_of(st.none(), st.dates(date(2020, 1, 1), TODAY)),
    ),
)


@given(categories, parents, parents, st.integers(0, 18), st.sampled_from(SchoolStage))
def test_a_file_of_any_kind_gives_one_allowance_at_most(
    said: frozenset[Category],
    father: ParentFacts | None,
    mother: ParentFacts | None,
    age: int,
    stage: SchoolStage,
) -> None:
    facts = Circumstances(YEARS_AGO[age], father=father, mother=mother)
    found = answers(Situation(facts, said, stage, boarding=False))
    both = [found[code].answer for code in ONE_OF if code is not Support.destitution_support]
    assert both.count(Known.yes) < 2


# --- the table ------------------------------------------------------------------------------------
def test_every_support_has_a_rule_today_with_its_source() -> None:
    for code in Support:
        found = rule_on(code, TODAY)
        assert found is not None
        assert found.source
        assert found.starts > date(2000, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "age", "orphan < 3", "age > 3", "3 < age < 6", "horse", "orphan and", "1",
     "age < '3'", "orphan.age", "lambda: orphan", "age < grade"],
)  # fmt: skip
def test_a_rule_asks_for_facts_only(text: str) -> None:
    with pytest.raises(BadRule):
        read(text)


def test_or_and_not_in_three_values() -> None:
    facts: Facts = {Fact.orphan: None, Fact.disabled: True, Fact.rural: False}
    for text, holds in (
        ("orphan or disabled", True), ("disabled or orphan", True), ("orphan or rural", None),
        ("orphan and rural", False), ("orphan and disabled", None), ("not rural", True),
        ("not orphan", None), ("not (orphan or disabled)", False),
    ):  # fmt: skip
        assert find(read(text), facts).holds is holds, text


def test_two_versions_of_a_rule_may_not_meet() -> None:
    row = {"code": "check_up", "kind": "service", "from": date(2020, 1, 1), "who": "age < 18",
           "at": "health", "source": "x", "until": date(2022, 1, 1)}  # fmt: skip
    first, second = rule_of(row), rule_of(row | {"from": date(2022, 1, 1)})
    with pytest.raises(BadRule):
        check_table((first, second))
    check_table((first, rule_of(row | {"from": date(2022, 1, 2)})))


def test_the_days_of_the_law() -> None:
    """民发〔2019〕62号: 15 and 15 working days, paid from the next month; 特困办法 art. 15: seven
    days of notice; 低保办法 art. 22: 30 working days, art. 31: once a year."""
    allowance = newest_rule(Support.unattended_allowance)
    assert (allowance.first_days, allowance.days, allowance.notice) == (15, 30, 0)
    assert starts_usually(allowance, date(2026, 12, 3)) == date(2027, 1, 1)
    destitute = newest_rule(Support.destitution_support)
    assert notice_ends(destitute, date(2026, 3, 1)) == date(2026, 3, 8)
    poor = newest_rule(Support.minimum_allowance)
    assert (poor.days, renews_on(poor, date(2024, 2, 29))) == (30, date(2025, 2, 28))
    assert starts_usually(newest_rule(Support.check_up), TODAY) == TODAY


def test_the_amount_of_a_day_is_the_newest_that_has_begun() -> None:
    rows = tuple(
        Standard(Support.orphan_allowance, date(year, 7, 1), fen, Per.month, "x")
        for year, fen in ((2023, 100_000), (2025, 120_000))
    )
    for day, fen in ((date(2025, 6, 30), 100_000), (date(2025, 7, 1), 120_000)):
        found = standard_on(rows, Support.orphan_allowance, day)
        assert found is not None
        assert found.fen == fen
    assert standard_on(rows, Support.orphan_allowance, date(2023, 6, 30)) is None
    assert standard_on(rows, Support.medical_aid, TODAY) is None


# --- states ---------------------------------------------------------------------------------------
class Walk(RuleBasedStateMachine):
    """Any way through the states: nothing is granted without an application or a service, nothing
    refused without one, and every state but the first has been entered by a listed move."""

    def __init__(self) -> None:
        super().__init__()
        self.state = SupportState.eligible
        self.seen = [self.state]
        self.service = False

    @rule(new=st.sampled_from(SupportState), code=st.sampled_from(sorted({r.code for r in RULES})))
    def move(self, new: SupportState, code: Support) -> None:
        law = newest_rule(code)
        fault = move_fault(law, self.state, new)
        assert (fault is None) <= SUPPORT_MOVES.allows(self.state, new)
        if fault is None:
            self.service |= law.kind is Way.service
            self.state = new
            self.seen.append(new)

    @invariant()
    def nothing_is_decided_before_it_is_asked(self) -> None:
        if self.state in DECIDED and not self.service:
            assert SupportState.applied in self.seen
        if self.state is SupportState.refused:
            assert SupportState.applied in self.seen

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        assert SUPPORT_MOVES.table[self.state]
        assert SupportState.eligible not in self.seen[1:]


TestWalk = Walk.TestCase


@given(
    st.sampled_from(SupportState),
    st.sampled_from(Known),
    st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
    st.booleans(),
    st.sampled_from(RULES),
)
def test_each_thing_stands_in_one_list_at_most(
    state: SupportState, answer: Known, due: date | None, reported: bool, law: Rule
) -> None:
    found = task_of(law.kind, state, answer, due, TODAY, reported=reported)
    if state in (SupportState.refused, SupportState.ended):
        assert found is None
    if found is Task.claim:
        assert law.kind is not Way.service
    if found is Task.due and state is SupportState.granted:
        assert due is not None
        assert due <= TODAY
    if state is SupportState.granted and answer is Known.no:
        assert found is Task.doubt
    if state is SupportState.applied:
        assert found is Task.decision
