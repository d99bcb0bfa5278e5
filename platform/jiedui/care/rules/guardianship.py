"""Who answers for a child, and on what ground of law: states, what may follow what, and the talk
with parents before they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.access.rules import Role
from jiedui.children.rules import ADULT, Known, Relation, Unable
from jiedui.core.resident_id import age_on
from jiedui.core.states import Transitions

PARENTS = frozenset({Relation.father, Relation.mother})


class GuardState(StrEnum):
    """Who has the guardianship of a child."""

    unknown = "not looked at"
    parents = "parents"
    entrusted = "entrusted"  # the parents stay guardians, somebody else cares (未保法 22)
    other_guardian = "other guardian"  # 民法典 27, 31, 36
    temporary = "temporary"  # civil affairs, 未保法 92
    long_term = "long term"  # the state, 未保法 94
    nobody = "nobody"  # nobody able and there: must lead to an act
    ended = "ended"  # of age, or dead (民法典 39)


S = GuardState
# Whoever the state has taken care of is never let go into nothing: it hands the child to somebody.
GUARD_MOVES = Transitions(
    {
        S.unknown: {S.parents, S.entrusted, S.other_guardian, S.temporary, S.long_term, S.nobody},
        S.parents: {S.entrusted, S.other_guardian, S.temporary, S.nobody, S.ended},
        S.entrusted: {S.parents, S.other_guardian, S.temporary, S.nobody, S.ended},
        S.other_guardian: {
            S.parents, S.entrusted, S.temporary, S.long_term, S.nobody, S.ended,
        },
        S.nobody: {S.parents, S.entrusted, S.other_guardian, S.temporary, S.long_term, S.ended},
        S.temporary: {S.parents, S.other_guardian, S.long_term, S.ended},
        S.long_term: {S.parents, S.other_guardian, S.ended},
    }
)  # fmt: skip
# Who decides about these is civil affairs, and an end is looked at twice; a village only reports.
BY_OFFICE = frozenset({S.temporary, S.long_term, S.ended})


class Ground(StrEnum):
    """On what ground somebody has the guardianship, or nobody has."""

    parents_care = "parents care"  # 民法典 27(1)
    parents_back = "parents back"
    given_back = "given back"  # 民法典 38, 未保法 93: able again
    agreement = "agreement"  # 未保法 22: entrusted in writing
    by_word = "by word"  # entrusted without a paper: to be put in writing
    in_order = "in order"  # 民法典 27(2): parents dead or unable
    by_will = "by will"  # 民法典 29
    agreed = "agreed"  # 民法典 30
    appointed = "appointed"  # 民法典 31, 36: by village, civil affairs or court
    adopted = "adopted"
    not_found = "not found"  # 未保法 92(1)
    missing = "missing"  # 92(2)
    prevented = "prevented"  # 92(3): illness, custody, disaster
    refuses = "refuses"  # 92(4)
    abets = "abets"  # 92(5)
    harms = "harms"  # 92(6)
    never_found = "never found"  # 94(1)
    dead = "dead"  # 94(2)
    incapable = "incapable"  # 94(3)
    revoked = "revoked"  # 94(4)
    by_law = "by law"  # 92(7), 94(5)
    lives_alone = "lives alone"  # 国发〔2016〕13号 part 3(1)
    nobody_able = "nobody able"
    carer_gone = "carer gone"
    of_age = "of age"
    died = "died"


G = Ground
GROUNDS: Mapping[GuardState, tuple[Ground, ...]] = {
    S.unknown: (),
    S.parents: (G.parents_care, G.parents_back, G.given_back, G.adopted),
    S.entrusted: (G.agreement, G.by_word),
    S.other_guardian: (G.in_order, G.by_will, G.agreed, G.appointed, G.adopted),
    S.temporary: (
        G.not_found, G.missing, G.prevented, G.refuses, G.abets, G.harms, G.by_law,
    ),
    S.long_term: (G.never_found, G.dead, G.incapable, G.revoked, G.by_law),
    S.nobody: (G.lives_alone, G.nobody_able, G.carer_gone, G.missing, G.refuses, G.prevented),
    S.ended: (G.of_age, G.died),
}  # fmt: skip
# What follows from an agreement is never said by hand.
BY_AGREEMENT = frozenset({G.agreement})
# These have somebody who answers: no agreement of the parents is asked for.
SETTLED = frozenset({S.other_guardian, S.temporary, S.long_term, S.ended})


class GuardRefusal(StrEnum):
    """Why something about a guardianship is refused."""

    does_not_follow = "does not follow"
    ground_unfit = "ground unfit"
    by_agreement_only = "by agreement only"
    by_office_only = "by office only"
    before_last = "before last"
    not_of_age = "not of age"
    in_future = "in future"
    file_closed = "file closed"
    not_of_house = "not of house"


@dataclass(frozen=True)
class MoveSaid:
    """A change of guardianship: what it becomes, on what ground, from which day."""

    new: GuardState
    ground: Ground
    on: date


def may_be_said(role: Role | None, new: GuardState) -> bool:
    """Whether somebody of this role records that a child has come into this state."""
    return not (new in BY_OFFICE and role is Role.child_director)


def sayable(role: Role | None, old: GuardState) -> list[GuardState]:
    """What may follow, as this role may record it, in the order of states."""
    after = GUARD_MOVES.table.get(old, frozenset())
    return [s for s in GuardState if s in after and may_be_said(role, s)]


def move_fault(
    old: GuardState, since: date | None, said: MoveSaid, today: date
) -> tuple[GuardRefusal, str] | None:
    """What is wrong with a move, and the field it belongs to. `since` is the day of the last."""
    if not GUARD_MOVES.allows(old, said.new):
        return GuardRefusal.does_not_follow, "new"
    if said.ground not in GROUNDS[said.new]:
        return GuardRefusal.ground_unfit, "ground"
    if said.on > today:
        return GuardRefusal.in_future, "on"
    if since is not None and said.on < since:
        return GuardRefusal.before_last, "on"
    return None


def age_fault(birth: date, said: MoveSaid) -> GuardRefusal | None:
    """Whether a guardianship is said to have ended with the coming of age, and has not."""
    young = age_on(birth, said.on) < ADULT
    return GuardRefusal.not_of_age if said.ground is Ground.of_age and young else None


class Option(StrEnum):
    """What parents chose when they were asked who cares for the child while they are away
    (未保法 22; 国发〔2016〕13号 part 3(1)): taking it along comes first."""

    takes_along = "takes along"
    one_stays = "one stays"
    entrusts = "entrusts"
    undecided = "undecided"


class TalkHow(StrEnum):
    """How parents were talked to."""

    in_person = "in person"
    telephone = "telephone"
    video = "video"


@dataclass(frozen=True)
class GrownUp:
    """What the question for an agreement looks at in a grown-up of a household."""

    relation: Relation
    is_carer: bool
    away: bool
    unable: Unable | None = None


def needs_agreement(plan: Known, grown_ups: tuple[GrownUp, ...], state: GuardState) -> bool:
    """Whether a child must have an agreement: left behind by the county's plan, both parents away
    or no able parent among those who care day by day, and nobody else its guardian (未保法 22)."""
    if plan is not Known.yes or state in SETTLED:
        return False
    away = {g.relation for g in grown_ups if g.away and g.relation in PARENTS}
    if away == PARENTS:
        return True
    return not any(
        g.relation in PARENTS and g.is_carer and not g.away and g.unable is None for g in grown_ups
    )
