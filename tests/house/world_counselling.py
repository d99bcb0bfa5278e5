"""What the counselling desk of the world has: a counsellor, a referral, a screening; and what the
school has."""

from __future__ import annotations

from jiedui.children import queries as ledger
from jiedui.children.rules import Means
from jiedui.core import clock, db
from jiedui.counselling.actions import desk, referrals, schools, screening
from jiedui.counselling.actions.referrals import ReferralSaid
from jiedui.counselling.actions.schools import TeacherSaid
from jiedui.counselling.actions.screening import ScreeningSaid
from jiedui.counselling.queries.schools import school
from jiedui.counselling.rules.referrals import Source
from jiedui.counselling.rules.schools import Post, Qualification
from tests.builders.counselling import counsellor_of
from tests.house.world import World


def make(world: World) -> None:
    """Civil affairs has named a counsellor; the director has referred the first girl; a screening
    says of her to act at once."""
    civil, director = world.people["civil_affairs", "here"], world.people["child_director", "here"]
    person, helper_id = counsellor_of()
    world.people["volunteer", "at the desk"] = person
    with db.write():
        world.things["counsellor"] = desk.name_counsellor(helper_id, by=civil.actor()).id
    with db.write():
        said = ReferralSaid("夜里常哭", consent=Means.paper, consented_on=clock.today())
        girl = ledger.get(world.things["child"])
        one = referrals.refer(girl, said, Source.village, by=director.actor())
        world.things["referral"] = one.id
    with db.write():
        lines = f"C-{world.things['child']:04d} 紧急"
        typed = ScreeningSaid(world.things["school"], clock.today(), "量表", 30, lines)
        kept = screening.keep_screening(typed, by=person.actor())
        world.things |= {"screening": kept.id, "result": kept.results[0].id}
    with db.write():
        teacher = TeacherSaid("文老师", Post.full_time, Qualification.degree, clock.today())
        mine = world.people["school_worker", "here"].actor()
        entered = schools.enter_teacher(school(world.things["school"]), teacher, by=mine)
        db.session.flush()
        world.things["psychology teacher"] = entered.id
