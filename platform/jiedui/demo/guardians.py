"""Care agreements of the demo county: most houses have one, some lack it, some run out soon; some
parents were talked to before they left, and a few children have somebody else, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.access.rules import Actor, Role
from jiedui.care import queries
from jiedui.care.actions import after_signing
from jiedui.care.actions import entrustment as papers
from jiedui.care.actions import guardianship as guarding
from jiedui.care.actions.entrustment import DraftSaid
from jiedui.care.actions.guardianship import TalkSaid
from jiedui.care.queries import Home
from jiedui.care.rules.entrustment import (
    Aspect,
    Declared,
    Exclusion,
    Fit,
    Heard,
    Signer,
    Signing,
    ToldWhom,
)
from jiedui.care.rules.guardianship import Ground, GuardState, MoveSaid, Option, TalkHow
from jiedui.children import queries as children
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.helpers.rules import HelpKind
from jiedui.regions import queries as regions

# Of a hundred houses: in force, running out soon, run out; the rest lack an agreement.
IN_FORCE, SOON, OVER = 70, 78, 82
SERVICES = frozenset({HelpKind.companionship, HelpKind.tutoring, HelpKind.reading})


@dataclass(frozen=True)
class Calendar:
    """The day of signing, and the day the demo is looked at."""

    signed: date
    today: date


def entrust(stage: Stage, signed: date) -> None:
    """On one day, when parents were home: talks, agreements, and who else has a child."""
    when = Calendar(signed, clock.today())  # before time is moved
    with stage.on(signed, 15):
        ids = _without(stage)
        stage.each(list(enumerate(ids)), lambda one: _house(stage, *one, when))


def _without(stage: Stage) -> list[int]:
    """Houses without an agreement (by id: what is read in one transaction ends with it)."""
    with stage.read():
        path = regions.get(stage.county_id).path
        homes = queries.for_festival(path, clock.spring_festival(clock.today()))
        return [home.household.id for home in homes if home.living is None]


def _home(number: int) -> Home:
    house = children.household(number)
    return Home(house, list(house.children))


def _house(stage: Stage, position: int, number: int, when: Calendar) -> None:
    home = _home(number)
    by = stage.official(Role.child_director, home.village.code)
    turn = position * 37 % 100
    if position % 3 == 0:
        _talk(home, by, when.signed, Option.entrusts if turn < OVER else Option.undecided)
    if turn >= OVER:
        _other(home, by, turn)
        return
    if home.carer is None or home.principal is None:
        return
    ends = when.today + timedelta(days=90 + turn)
    if turn >= IN_FORCE:
        away = 5 + 6 * (turn - IN_FORCE) if turn < SOON else 3 * (SOON - turn) - 4
        ends = when.today + timedelta(days=away)
    _agreement(home, by, when.signed, ends, told=turn % 5 == 0)


def _talk(home: Home, by: Actor, on: date, option: Option) -> None:
    if home.principal is not None:
        comes = None if option is Option.undecided else True
        said = TalkSaid(
            home.principal.id, on, TalkHow.in_person, option, on + timedelta(days=6), comes
        )
        guarding.record_talk(home.household, said, by=by)


def _agreement(home: Home, by: Actor, day: date, ends: date, *, told: bool) -> None:
    assert home.principal is not None and home.carer is not None  # noqa: S101, PT018
    kids = tuple(child.id for child in home.children)
    said = DraftSaid(kids, home.principal.id, home.carer.id, services=SERVICES)
    one = papers.draft(home.household, said, by=by)
    papers.sign(one, _signing(kids, day, ends), by=by)
    if told:
        after_signing.tell(one, ToldWhom.village, day, "", by=by)


def _signing(kids: tuple[int, ...], day: date, ends: date) -> Signing:
    return Signing(
        signed_on=day,
        starts=day,
        ends=ends,
        signers=frozenset({Signer.father, Signer.carer, Signer.witness}),
        holder="村儿童主任",
        declared=dict.fromkeys(Exclusion, Declared.free),
        fit=dict.fromkeys(Aspect, Fit.good),
        heard=dict.fromkeys(kids, Heard.agrees),
    )


def _other(home: Home, by: Actor, turn: int) -> None:
    """A few have somebody else, a few nobody; for the rest nothing is on file yet."""
    known = {
        83: (GuardState.other_guardian, Ground.in_order),
        84: (GuardState.entrusted, Ground.by_word),
    }
    if turn in known:
        state, ground = known[turn]
        for child in home.children:
            guarding.move_guardianship(child, MoveSaid(state, ground, clock.today()), by=by)


def settle(stage: Stage) -> None:
    """Today: what has run out is noticed, and two children have nobody (the lines that come first
    on a desk)."""
    stage.calendar("care.agreements")

    def one(number: int) -> None:
        home = _home(number)
        by = stage.official(Role.child_director, home.village.code)
        said = MoveSaid(GuardState.nobody, Ground.nobody_able, clock.today())
        guarding.move_guardianship(home.children[0], said, by=by)

    stage.each(_without(stage)[:2], one)
