"""The counselling desk of the demo: a counsellor, a hospital, a referral in each state, one
screening, and two schools of which one has no psychology teacher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from jiedui.access import queries as accounts
from jiedui.access.actions import Post as Place
from jiedui.access.rules import Actor, Office, Role
from jiedui.children import queries as ledger
from jiedui.children.rules import Means
from jiedui.core import clock
from jiedui.counselling.actions import crisis, desk, referrals, schools, screening
from jiedui.counselling.actions.referrals import MoveSaid, ReferralSaid
from jiedui.counselling.actions.schools import TeacherSaid, VisitSaid
from jiedui.counselling.actions.screening import ScreeningSaid
from jiedui.counselling.queries import referrals as sent
from jiedui.counselling.queries import screening as screened
from jiedui.counselling.queries.schools import school
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.counselling.rules.referrals import Move, Source
from jiedui.counselling.rules.schools import Post, Qualification, Theme
from jiedui.demo.acts import Stage
from jiedui.demo.officials import Personnel
from jiedui.helpers import queries as helpers
from jiedui.partners import actions as partners
from jiedui.partners import queries as places
from jiedui.partners.rules import NewUnit, UnitKind
from jiedui.regions import queries as regions

M = Move
# Each referral: its steps so far, and how many days ago it was sent.
WAYS: tuple[tuple[tuple[Move, ...], int], ...] = (
    ((), 0),
    ((M.acknowledge,), 2),
    ((M.acknowledge, M.accept), 6),
    ((M.acknowledge, M.decline), 9),
    ((M.acknowledge, M.accept, M.see), 12),
    ((M.acknowledge, M.accept, M.see, M.report), 30),
    ((M.acknowledge, M.accept, M.see, M.report, M.close), 60),
    ((M.acknowledge, M.accept, M.hand_on), 8),
    ((M.acknowledge, M.hand_on, M.acknowledge, M.accept, M.see), 25),
)
WHY = "近来不愿说话，夜里常醒，老师和奶奶都注意到了。"
WORDS = {
    M.decline: "情况已平稳，建议班主任继续关注。",
    M.report: "谈了四次，睡眠好转，建议学校每周陪伴一次。",
}
LEVELS = ("正常", "正常", "关注", "正常", "咨询", "正常", "关注", "紧急", "正常", "紧急")


def play(stage: Stage, personnel: Personnel) -> None:
    """The county names a counsellor; villages refer; a school is screened."""
    counsellor = _counsellor(stage, personnel)
    if counsellor is None:
        return
    with stage.read():
        kids = [
            (child.id, child.village.code)
            for town in regions.townships(regions.get(stage.county_id).path)[:3]
            for child in ledger.page(_supervisor(stage, town.code), ledger.Filter())[0][:12]
        ]
    hospital = _hospital(stage)
    for (child_id, village), (moves, ago) in zip(kids, WAYS, strict=False):
        _refer(stage, child_id, village, moves, ago, counsellor, hospital)
    _schools(stage)
    _screen(stage, [number for number, _village in kids[len(WAYS) :]], counsellor)


def _supervisor(stage: Stage, code: str) -> Actor:
    return stage.official(Role.township_supervisor, code)


def _civil(stage: Stage) -> Actor:
    return stage.official(Role.coordinator, Office.civil_affairs.value)


def _counsellor(stage: Stage, personnel: Personnel) -> Actor | None:
    """A cleared volunteer whose paper allows counselling, with a password for the reader."""
    with stage.write():
        able = [
            (one, one.account_id)
            for one in helpers.cleared(stage.county_id)
            if one.account_id is not None and helpers.may_counsel(one)
        ]
        if not able:
            return None
        one, account_id = able[0]
        desk.name_counsellor(one.id, by=_civil(stage))
        home = Place(Role.volunteer, regions.get(stage.county_id))
        if one.phone not in {known.username for known in personnel.staff.sign_ins}:
            personnel.give_password(account_id, Role.volunteer, one.phone, home)
    with stage.read():  # not from the stage's memory: what was granted just now counts
        return accounts.actor_for(accounts.get(account_id), None)


def _hospital(stage: Stage) -> int:
    with stage.write():
        said = NewUnit(UnitKind.hospital, "示例县人民医院（虚构）", stage.county_id)
        return partners.register_unit(said, by=_civil(stage)).id


def _refer(
    stage: Stage,
    child_id: int,
    village: str,
    moves: Sequence[Move],
    ago: int,
    counsellor: Actor,
    hospital: int,
) -> None:
    """Sent by the village, then a step every other day."""
    day = clock.today() - timedelta(days=ago)
    with stage.on(day, 10), stage.write():
        said = ReferralSaid(WHY, consent=Means.telephone, consented_on=day)
        director = stage.official(Role.child_director, village)
        one = referrals.refer(ledger.get(child_id), said, Source.village, by=director)
        number = one.id
    for place, move in enumerate(moves):
        with stage.on(min(day + timedelta(days=place + 1), clock.today()), 15), stage.write():
            to = hospital if move is Move.hand_on else None
            what = MoveSaid(move, WORDS.get(move, ""), to)
            referrals.move(sent.get(number), what, by=counsellor)


def _schools(stage: Stage) -> None:
    """One school with a teacher and a visit, one with a visit of last year alone."""
    today = clock.today()
    with stage.write():
        by = _civil(stage)
        first, second = places.units(stage.county_id, UnitKind.school)[:2]
        known = school(first.id)
        said = TeacherSaid(
            "示老师", Post.part_time, Qualification.training, today - timedelta(days=80)
        )
        schools.enter_teacher(known, said, by=by)
        for theme, ago in ((Theme.life_education, 12), (Theme.setbacks, 40)):
            visit = VisitSaid("样医生（县医院）", today - timedelta(days=ago), theme, 180)
            schools.enter_visit(known, visit, by=by)
        schools.say_pupils(known, 860, by=by)
        old = VisitSaid("例老师（师范学校）", today - timedelta(days=330), Theme.other, 90)
        schools.enter_visit(school(second.id), old, by=by)


def _screen(stage: Stage, children: Sequence[int], counsellor: Actor) -> None:
    """A list of ten; of two urgent ones one is answered by a crisis report."""
    with stage.on(clock.today() - timedelta(days=3), 11), stage.write():
        lines = [f"C-{n:04d} {level}" for n, level in zip(children, LEVELS, strict=False)]
        unit = places.units(stage.county_id, UnitKind.school)[0]
        said = ScreeningSaid(
            unit.id, clock.today(), "中小学生心理健康量表（演示）", 412, "\n".join(lines)
        )
        screening.keep_screening(said, by=counsellor)
    with stage.on(clock.today() - timedelta(days=3), 12), stage.write():
        for one in screened.unanswered(stage.county_id)[:1]:
            words = "量表显示有轻生念头"
            crisis.raise_flag(one.child, words, FlagFrom.screening, one, by=counsellor)
