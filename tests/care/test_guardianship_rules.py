"""What may follow what in a guardianship, and when an agreement is needed.

Made to catch: temporary guardianship that may end in nobody; a director who records long-term
guardianship; a lone parent at home who would need an agreement; a signature without declarations.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Role
from jiedui.care.rules.entrustment import (
    PAPER_MOVES,
    Aspect,
    CarerFacts,
    Declared,
    Exclusion,
    Fit,
    Heard,
    PaperRefusal,
    PaperState,
    Signer,
    Signing,
    carer_fault,
    over,
    season,
    signing_fault,
)
from jiedui.care.rules.guardianship import (
    BY_OFFICE,
    GROUNDS,
    GUARD_MOVES,
    PARENTS,
    SETTLED,
    Ground,
    GrownUp,
    GuardRefusal,
    GuardState,
    MoveSaid,
    age_fault,
    move_fault,
    needs_agreement,
    sayable,
)
from jiedui.children.rules import Known, Relation, Unable

TODAY = date(2026, 11, 27)
states = st.sampled_from(GuardState)
days = st.integers(-900, 900).map(lambda n: TODAY + timedelta(days=n))
grown_ups = st.lists(
    st.builds(
        GrownUp,
        relation=st.sampled_from(Relation),
        is_carer=st.booleans(),
        away=st.booleans(),
        unable=st.none() | st.sampled_from(Unable),
    ),
    max_size=5,
).map(tuple)


@given(states, states, st.sampled_from(Ground), days, st.none() | days)
def test_a_move_is_on_the_table_with_a_ground_of_its_own(
    old: GuardState, new: GuardState, ground: Ground, on: date, since: date | None
) -> None:
    """Refused or not: exactly what the table, the ground and the days say."""
    fault = move_fault(old, since, MoveSaid(new, ground, on), TODAY)
    fits = GUARD_MOVES.allows(old, new) and ground in GROUNDS[new]
    assert (fault is None) == (fits and on <= TODAY and (since is None or on >= since))
    assert not (fault is None and old is new)


def test_the_table_of_guardianships() -> None:
    """Nobody moves back to `not looked at`; only an end is an end; whom the state cares for is
    never let go into nothing; nobody can be put right by anybody."""
    assert GUARD_MOVES.ends() == {GuardState.ended}
    for old, after in GUARD_MOVES.table.items():
        assert GuardState.unknown not in after
        assert all(GROUNDS[new] for new in after)
        if old in (GuardState.temporary, GuardState.long_term):
            assert not after & {GuardState.nobody, GuardState.entrusted}
    assert GUARD_MOVES.allows(GuardState.nobody, GuardState.temporary)
    assert set(GROUNDS) == set(GuardState)


@given(states)
def test_a_village_records_neither_what_the_state_takes_over_nor_an_end(old: GuardState) -> None:
    assert not BY_OFFICE & set(sayable(Role.child_director, old))
    after = GUARD_MOVES.table.get(old, frozenset())
    assert set(sayable(Role.township_supervisor, old)) == after


def test_of_age_is_eighteen() -> None:
    said = MoveSaid(GuardState.ended, Ground.of_age, TODAY)
    assert age_fault(date(2008, 11, 28), said) is GuardRefusal.not_of_age
    assert age_fault(date(2008, 11, 27), said) is None


@given(st.sampled_from(Known), grown_ups, states)
def test_an_agreement_is_needed_where_no_parent_cares(
    plan: Known, known: tuple[GrownUp, ...], state: GuardState
) -> None:
    """Left behind, nobody else has the guardianship, and both parents are away or none of them is
    an able carer at home."""
    needed = needs_agreement(plan, known, state)
    cares = [
        g for g in known
        if g.relation in PARENTS and g.is_carer and not g.away and g.unable is None
    ]  # fmt: skip
    both = {g.relation for g in known if g.away} >= PARENTS
    wanted = plan is Known.yes and state not in SETTLED and (both or not cares)
    assert needed is wanted


@given(st.booleans(), st.booleans(), st.none() | st.sampled_from(Unable), st.none() | days)
def test_a_carer_is_grown_up_able_there_and_no_parent(
    parent: bool, away: bool, unable: Unable | None, birth: date | None
) -> None:
    carer = CarerFacts(parent, away, unable, birth)
    minor = birth is not None  # born within 900 days
    assert (carer_fault(carer, TODAY) is None) is not (parent or away or bool(unable) or minor)


papers = st.builds(
    Signing,
    signed_on=days,
    starts=days,
    ends=days,
    signers=st.frozensets(st.sampled_from(Signer)),
    holder=st.sampled_from(["", "somebody"]),
    declared=st.dictionaries(st.sampled_from(Exclusion), st.sampled_from(Declared)),
    fit=st.dictionaries(st.sampled_from(Aspect), st.sampled_from(Fit)),
    heard=st.dictionaries(st.sampled_from([1, 2]), st.sampled_from(Heard)),
)
WHOLE = Signing(
    signed_on=TODAY,
    starts=TODAY,
    ends=TODAY + timedelta(days=364),
    signers=frozenset({Signer.mother, Signer.carer}),
    holder="somebody",
    declared=dict.fromkeys(Exclusion, Declared.free),
    fit=dict.fromkeys(Aspect, Fit.good),
    heard={1: Heard.agrees, 2: Heard.too_young},
)


@given(papers)
def test_a_paper_that_holds_has_everything(paper: Signing) -> None:
    """Whatever is accepted carries four free declarations, four judgements, both signatures, each
    child's word and days in order."""
    if signing_fault(paper, [1, 2], TODAY) is not None:
        return
    assert all(paper.declared.get(e) is Declared.free for e in Exclusion)
    assert all(paper.fit.get(a) in (Fit.good, Fit.doubtful) for a in Aspect)
    assert Signer.carer in paper.signers
    assert set(paper.heard) == {1, 2}
    assert paper.starts <= paper.ends
    assert paper.holder


@given(st.sampled_from(Exclusion), st.sampled_from([None, Declared.found]))
def test_each_exclusion_stops_a_paper(which: Exclusion, stands: Declared | None) -> None:
    """A declaration that is missing, or an exclusion that is known: 未保法 22."""
    declared = {e: d for e, d in {**WHOLE.declared, which: stands}.items() if d}
    fault = signing_fault(replace(WHOLE, declared=declared), [1, 2], TODAY)
    code = PaperRefusal.excluded if stands else PaperRefusal.declaration_missing
    assert fault == (code, f"declared_{which.name}")
    assert signing_fault(WHOLE, [1, 2], TODAY) is None


def test_the_table_of_papers() -> None:
    """What has ended has ended; only a signed one runs out."""
    ends = {PaperState.expired, PaperState.ended, PaperState.replaced}
    assert PAPER_MOVES.ends() == ends
    before = {old for old in PaperState if PAPER_MOVES.allows(old, PaperState.expired)}
    assert before == {PaperState.signed}


@given(st.sampled_from(PaperState), st.none() | days)
def test_a_paper_is_over_on_the_day_after_its_last(state: PaperState, ends: date | None) -> None:
    signed = state is PaperState.signed and ends is not None
    assert over(state, ends, TODAY) is (signed and ends < TODAY)  # type: ignore[operator]


def test_the_season_of_signing() -> None:
    """From 45 days before the festival to 20 days after it."""
    festival = date(2027, 2, 6)
    assert not season(festival, festival - timedelta(days=46))
    assert season(festival, festival - timedelta(days=45))
    assert season(festival, festival + timedelta(days=20))
    assert not season(festival, festival + timedelta(days=21))
