"""The things of the world: children of one house in the first village, their wishes, helpers at
each step of knowing them, and what offices make of it all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.rules import GrantLevel, Office, Role
from jiedui.care import queries as care
from jiedui.care.actions import after_signing
from jiedui.care.actions import visits as visiting
from jiedui.care.queries import visits
from jiedui.children import actions as ledger_actions
from jiedui.children import queries as ledger
from jiedui.children.actions import returns
from jiedui.children.rules import RevealReason, SchoolStage
from jiedui.contact.actions import agreements, badges, dates, pictures, plan, standing_in
from jiedui.contact.queries import plan as plans
from jiedui.contact.rules.plan import DatesKind, SessionState
from jiedui.core import clock, db, drafts, jobs
from jiedui.core.actors import ANYBODY, SYSTEM
from jiedui.core.carriers.ways import Way, Why
from jiedui.core.outbox import Letter
from jiedui.core.phone import Entry
from jiedui.files import actions as requests
from jiedui.files.actions import AccessAsked, RequestSaid
from jiedui.files.actions.watching import count_village
from jiedui.files.rules import Asked, How, Outcome
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as known
from jiedui.helpers.rules import CredentialKind, HelpKind, Paper
from jiedui.hours import actions as hours
from jiedui.hours import queries as served_sessions
from jiedui.hours.actions import national as telling
from jiedui.hours.models import CounsellingNote, StarAward
from jiedui.hours.rules import DisputeReason
from jiedui.hours.rules.stars import StarState
from jiedui.intake import queries as sheets
from jiedui.letters.models import Delivery
from jiedui.letters.rules import DeliveryState
from jiedui.oversight import actions as times
from jiedui.pairings.actions import legacy, rounds, scoring
from jiedui.pairings.models import Suggestion
from jiedui.partners import actions as partners
from jiedui.partners.models import Place
from jiedui.partners.rules import Applied, NewUnit, PlaceKind, UnitKind
from jiedui.protection import actions as protection
from jiedui.protection.actions import Worry
from jiedui.protection.actions.attaching import attached
from jiedui.protection.queries import files_of
from tests import people
from tests.builders import children, helpers, national, pairings, papers
from tests.builders import hours as served
from tests.builders import reviews as quarterly
from tests.builders import sheets as paper
from tests.builders.needs import open_need, place
from tests.builders.pairings import Pair
from tests.builders.visits import well
from tests.house import (
    world_classes,
    world_counselling,
    world_events,
    world_gifts,
    world_money,
    world_places,
    world_protection,
)
from tests.house.world import ADDRESS, CARER, CARER_PHONE, FATHER, FATHER_PHONE, SCHOOLED, World
from tests.house.world_people import VILLAGES
from tests.photos import photo

PHOTO = photo()


def make(world: World) -> None:
    """Everything there is, in the order in which it comes about."""
    _house(world)
    _entrusted(world)
    _acquainted(world)
    _agreed(world)
    _asked_and_proposed(world)
    _on_paper(world)
    _from_before(world)
    _elsewhere(world)
    _vetting(world)
    _offices(world)
    _social_workers(world)
    _beyond(world)
    _draft(world)
    _learned(world)
    _accounts(world)
    _sheets(world)
    _from_a_phone(world)
    world_counselling.make(world)
    world_classes.make(world)
    world_events.make(world)
    world_gifts.make(world)
    world_money.make(world)
    world_places.make(world)
    world_protection.make(world)


def _from_a_phone(world: World) -> None:
    """A visit to the house that the director filled in without a line, and that was refused."""
    her = world.people["child_director", "here"].account_id
    pairs = [("name", SCHOOLED[0]), ("guardian_name", FATHER), ("once", "k")]
    came = Entry("", "/visit", pairs, clock.now())
    with world.app.test_request_context("/visit", method="POST"), db.write():
        world.things["draft"] = drafts.keep(her, came)


def after_a_week(world: World) -> None:
    """Two have met; what they logged, and the record of one who asked for it."""
    pair, paper = world.things["pair"], world.things["paper pair"]
    for name, number, who in (
        ("session", pair, world.people["volunteer", "of the pair"]),
        ("paper session", paper, world.people["child_director", "here"]),
    ):
        with db.write():
            met = clock.today() - timedelta(days=3)
            said = served.said(met)
            one = hours.log_session(pairings.find.get(number), said, by=who.actor())
            db.session.flush()
            world.things[name] = one.id
    _visit(world)
    _told(world)
    _stay(world)
    _objection(world)
    _planned(world)
    _star(world)
    _note(world)
    _record(world)
    _review(world)


def _told(world: World) -> None:
    """A verified session was told to the national system, in a file that two offices agreed to."""
    with db.write():
        pairing = pairings.find.get(world.things["pair"])
        said = served.said(clock.today() - timedelta(days=3), "15:00", "16:00")
        one = hours.log_session(pairing, said, by=world.people["volunteer", "of the pair"].actor())
        db.session.flush()
        hours.verify([one], by=world.people["child_director", "here"].actor())
        db.session.flush()
        told = telling.tell_hours(by=world.people["youth_league", "here"].actor())
        telling.agree_hours(told, by=world.people["womens_federation", "here"].actor())
        world.things["hours file"] = told.id


def _planned(world: World) -> None:
    """The two plan their weeks; to one session somebody else has promised to come. The county has
    written holidays down, and one has a badge."""
    league = world.people["womens_federation", "here"]
    person, number = _helper(world, "standing in")
    with db.write():
        plan.plan_ahead(world.things["pair"])
        rows = plans.future(world.things["pair"])
        first, second = [one for one in rows if one.state is SessionState.planned][-2:]
        standing_in.ask(second, number, by=league.actor())
        standing_in.accept(second, by=person.actor())
        world.things |= {"planned": first.id, "stood in": second.id}
        helper = known.get(world.things["helper"])
        badges.issue(helper, by=league.actor())
        pictures.keep(helper, photo(), by=league.actor())
    with db.write():
        county, by = people.region(people.COUNTY), world.people["civil_affairs", "here"].actor()
        far = clock.today() + timedelta(days=300)
        world.things["school dates"] = dates.add(
            county, DatesKind.exam_week, far, far + timedelta(days=6), by=by
        ).id
    jobs.work_off()


def _review(world: World) -> None:
    """The calendar has opened the quarter's review."""
    quarterly.morning()
    world.things["review"] = quarterly.number()
    world.things["review file"] = quarterly.file_of(world.things["child"])
    with db.read():
        world.things["village"] = people.region(people.VILLAGE).id
        world.things["township"] = people.region(people.TOWNSHIP).id


def _note(world: World) -> None:
    """A note beside the session of the two, as a counsellor writes one: nobody here has a paper
    that allows to read it, nor are the child's notes opened to anybody."""
    mine = world.people["volunteer", "of the pair"]
    with db.write():
        session = served_sessions.get(world.things["session"])
        note = CounsellingNote(
            county_id=session.county_id, session_id=session.id, words="只给咨询师看",
            written_by=mine.account_id, written_at=clock.now(),
        )  # fmt: skip
        db.session.add(note)
        db.session.flush()
        world.things["note"] = note.id


def _star(world: World) -> None:
    """The volunteer has applied for a star (the hours for it are not played here)."""
    mine = world.people["volunteer", "of the pair"]
    with db.write():
        helper = known.get(world.things["helper"])
        award = StarAward(
            county_id=helper.county_id, helper_id=helper.id, level=1, minutes=6000,
            state=StarState.applied, applied_by=mine.account_id, applied_at=clock.now(),
        )  # fmt: skip
        db.session.add(award)
        db.session.flush()
        world.things["star"] = award.id


def _objection(world: World) -> None:
    """Another session of the two, which the director disputes and the volunteer stands by."""
    mine, director = (
        world.people["volunteer", "of the pair"],
        world.people["child_director", "here"],
    )
    with db.write():
        met = clock.today() - timedelta(days=2)
        pairing = pairings.find.get(world.things["pair"])
        one = hours.log_session(pairing, served.said(met), by=mine.actor())
        db.session.flush()
        hours.dispute(one, DisputeReason.not_held, by=director.actor())
        said = hours.object_to_dispute(one, "我们一起读了书", by=mine.actor())
        db.session.flush()
        world.things["objection"] = said.id


def _stay(world: World) -> None:
    """The volunteer has scanned the sign of the place where the two meet."""
    with db.write():
        pairing, by = (
            pairings.find.get(world.things["pair"]),
            world.people["volunteer", "of the pair"],
        )
        place = pairing.need.place
        assert place is not None
        stay = hours.arrive(
            pairing, pairing.helper, place, served.sign_now(place.id), by=by.actor()
        )
        db.session.flush()
        world.things["stay"] = stay.id


def _visit(world: World) -> None:
    """The director has been at the house; all is well."""
    with db.write():
        home = visits.home(world.things["home"])
        by = world.people["child_director", "here"].actor()
        kept = visiting.record_visit(home, well(home), by=by)
        db.session.flush()
        world.things["house visit"] = kept.id


def _record(world: World) -> None:
    mine = world.people["volunteer", "of the pair"]
    with db.write():
        helper = known.get(world.things["helper"])
        to = clock.today()
        issued = hours.issue_certificate(helper, to - timedelta(days=30), to, by=mine.actor())
        db.session.flush()
        world.things["record"] = issued.id


def _house(world: World) -> None:
    """Two girls and two boys at the first school, with a grandmother; the director knows them."""
    director = world.people["child_director", "here"]
    with db.write():
        school = Place(
            county_id=people.region(people.COUNTY).id, region=people.region(people.VILLAGE),
            kind=PlaceKind.school, name="上村小学", unit_id=world.things["school"],
        )  # fmt: skip
        db.session.add(school)
        db.session.flush()
        world.things["school place"] = school.id
        common = {"school_id": school.id, "school_stage": SchoolStage.primary_3}
    family = (
        children.father(name=FATHER, phone=FATHER_PHONE),
        children.grandmother(name=CARER, phone=CARER_PHONE),
    )
    first = 0
    for name in SCHOOLED:
        who = children.checked(people.id_number(children.born(9)))
        world.numbers.append(who.number)
        house = {"sibling_of": first} if first else {"guardians": family, "address": ADDRESS}
        new = children.household_child(director, name=name, id_number=who, **common, **house)
        first = first or new
        world.things[f"child {name}"] = new
    world.things["child"] = first
    with db.read():
        child = ledger.get(first)
        home = child.household
        world.things |= {"home": home.id, "guardian": home.guardians[0].id}
        world.things["category"] = child.categories[0].id
    with db.write():
        row = ledger.category(world.things["category"])
        kept = ledger_actions.keep_paper(row, PHOTO, by=director.actor())
        db.session.flush()
        world.things["paper"] = kept.id
    _twins(world)
    _asked_for(world)
    _counted_down(world)


def _counted_down(world: World) -> None:
    """The times of keeping hold, and the first night's run has been."""
    with db.write():
        county = people.region(people.COUNTY)
        times.begin(county, by=SYSTEM)
        run = times.open_run(county)
        world.things["run"] = run.id
        times.finish_run(run, by=SYSTEM)


def _asked_for(world: World) -> None:
    """The father wants to see what is kept, and has had a copy of it already."""
    director = world.people["child_director", "here"]
    township = world.people["township_supervisor", "here"]
    said = RequestSaid(Asked.look, How.in_person, "给我看看", clock.today())
    with db.write():
        child = ledger.get(world.things["child"])
        father = ledger.guardian(world.things["guardian"])
        waits = requests.take_request(child, father, said, by=director.actor())
        answered = requests.take_request(child, father, said, by=director.actor())
        db.session.flush()
        full = requests.Answered(Outcome.granted, None, "")
        requests.answer_request(answered, full, by=township.actor(), version=None)
        world.things |= {"request": waits.id, "answered request": answered.id}


def _twins(world: World) -> None:
    """A file that may be the first girl's a second time, and two that were joined."""
    director = world.people["child_director", "here"]
    world.things["twin"], kept, double = (
        children.household_child(director, name=name, another=True) for name in "双叠叠"
    )
    with db.write():
        by = world.people["township_supervisor", "here"].actor()
        merge = ledger_actions.join_files(ledger.get(kept), ledger.get(double), by=by)
        world.things["merge"] = merge.id


def _entrusted(world: World) -> None:
    """The eldest is entrusted to the grandmother, with a photo of the paper; the others are not:
    theirs is still to be signed."""
    director = world.people["child_director", "here"]
    world.things["agreement"] = number = papers.signed(world.things["child"], director)
    with db.write():
        one = care.get_entrustment(number)
        kept = after_signing.keep_scan(one, PHOTO, by=director.actor())
        db.session.flush()
        world.things |= {"scan": kept.id, "village": people.region(people.VILLAGE).id}


def _wish(world: World, name: str) -> int:
    director = world.people["child_director", "here"]
    return open_need(director, child_id=world.things[f"child {name}"])


def _helper(world: World, relation: str, **over: Any) -> tuple[people.Person, int]:
    """A cleared volunteer, known to the world by how they stand to the children."""
    person, number = helpers.cleared_volunteer(name=f"贾{relation}", **over)
    world.people["volunteer", relation] = person
    return person, number


def _acquainted(world: World) -> None:
    """A volunteer of the company and the first girl have met; a paper of theirs is to be seen."""
    both = _helper(world, "of the pair", unit_id=world.things["company"])
    director = world.people["child_director", "here"]
    need = _wish(world, SCHOOLED[0])
    pair = pairings.trial(helper_of=both, need_id=need, director=director)
    world.things |= {"pair": pair.id, "need": need, "helper": both[1]}
    with db.write():
        paper = Paper(CredentialKind.teacher, "T-1")
        row = vetting.add_paper(known.get(both[1]), paper, by=both[0].actor())
        db.session.flush()
        world.things["credential"] = row.id
        mine = select(Letter.id).where(Letter.to_account_id == both[0].account_id)
        world.things["letter"] = db.session.scalars(mine).first() or 0
        world.things["delivery"] = _given_up(world.things["letter"])


def _given_up(letter_id: int) -> int:
    """The letter was to go out by text message and could not."""
    letter = db.session.get_one(Letter, letter_id)
    sent = Delivery(
        county_id=letter.county_id, account_id=letter.to_account_id, letter=letter,
        way=Way.sms, urgent=False, state=DeliveryState.given_up, tries=6, error=Why.busy,
        next_try=letter.posted_at, made_at=letter.posted_at,
    )  # fmt: skip
    db.session.add(sent)
    db.session.flush()
    return sent.id


def _agreed(world: World) -> None:
    """What the two have to do with each other is written down, and waits to be signed; somebody
    has kept a photo of a page already."""
    director = world.people["child_director", "here"]
    with db.write():
        by = director.actor()
        paper = agreements.draft(world.things["pair"], by=by)
        scan = agreements.keep_scan(paper, PHOTO, by=by)
        db.session.flush()
        world.things |= {"pair agreement": paper.id, "agreement scan": scan.id}


def _asked_and_proposed(world: World) -> None:
    """One volunteer is asked and the family not yet; of another only the office knows."""
    director = world.people["child_director", "here"]
    asked = _helper(world, "asked")
    need = _wish(world, SCHOOLED[1])
    world.things["asked"] = pairings.approved(helper_of=asked, need_id=need, director=director).id
    proposed = _helper(world, "proposed")
    need = _wish(world, SCHOOLED[2])
    world.things["proposal"] = pairings.proposed(
        helper_of=proposed, need_id=need, director=director
    ).id


def _on_paper(world: World) -> None:
    """A retired teacher without a telephone: the township wrote, the village calls and logs."""
    township = world.people["township_supervisor", "here"]
    director = world.people["child_director", "here"]
    number = helpers.on_paper(township, name="贾老师")
    helpers.clear(number)
    need = _wish(world, SCHOOLED[3])
    stand_in = people.Person("", director.account_id)
    pair: Pair = pairings.trial(helper_of=(stand_in, number), need_id=need, director=director)
    world.things |= {"paper helper": number, "paper pair": pair.id}


def _from_before(world: World) -> None:
    """A mother and a child who have known each other since before the portal."""
    township = world.people["township_supervisor", "here"]
    number = helpers.on_paper(township, name="贾妈妈")
    with db.write():
        child = ledger.get(world.things["twin"])
        kind = HelpKind.companionship
        pair = legacy.bring_in(known.get(number), [child], kind, None, by=township.actor())
        world.things["legacy"] = pair.id


def _elsewhere(world: World) -> None:
    """In every other place there is a child with a pairing of its own, and one more wish."""
    for relation, code in VILLAGES.items():
        if relation == "here":
            continue
        director = world.people["child_director", relation]
        person, number = helpers.cleared_volunteer(code, name=f"贾{relation[-6:]}")
        need = open_need(director, code=code)
        pairings.trial(helper_of=(person, number), need_id=need, director=director)
        open_need(director, code=code)
    _helper(world, "other")


def _vetting(world: World) -> None:
    """Somebody new, on a list that the police have not answered."""
    _person, number = helpers.volunteer(name="贾新来")
    world.things["new helper"] = number
    with db.write():
        by = world.people["civil_affairs", "here"].actor()
        batch = vetting.send_record_checks([known.get(number)], "北试县公安局", by=by)
        db.session.flush()
        world.things["list"] = batch.id
        world.numbers.append(known.get(number).id_number)


def _offices(world: World) -> None:
    """A unit and a place, a report and an opinion."""
    world.things["unit"] = world.things["company"]
    with db.write():
        village = people.region(people.VILLAGE).id
        said = NewUnit(UnitKind.company, "示范新来公司", village, "91350100M000100Y43")
        one = partners.apply(Applied(said, "贾联系", "13700000001"), by=ANYBODY)
        world.things["application"] = one.id
        county = people.region(people.COUNTY).id
        world.things["place"] = place().id
        picture = attached([photo()])[0]
        worry = Worry("有人在河边", "上村", "", "203.0.113.9", files=picture)
        report = protection.receive(worry, county)
        said, _code = protection.take_opinion("字太小", "", county, by=ANYBODY)
        db.session.flush()
        count_village(people.region(people.VILLAGE))
        (file,) = files_of(report.id)
        world.things |= {"report": report.id, "opinion": said.id, "report file": file.id}


def _social_workers(world: World) -> None:
    """One to whom the first girl's file is opened, and one to whom nothing is."""
    role = Role.social_worker
    agency = helpers.agency()
    for relation in ("with a grant", "without"):
        person, _number = helpers.social_worker(unit_id=agency, name=f"社工{relation}")
        world.people[role.value, relation] = person
    opened = world.people[role.value, "with a grant"]
    with db.write():
        access.grant(
            opened.account_id,
            ("child", world.things["child"]),
            GrantLevel.file,
            source=("assignment", 1),
            county_id=people.region(people.COUNTY).id,
        )


def _beyond(world: World) -> None:
    """A director and a coordinator of the other township to whom the township has opened the first
    girl's file, and another director who has only asked for it."""
    role, office = Role.child_director, Office.civil_affairs
    world.people[role.value, "opened"] = people.appoint(role, people.FAR_VILLAGE, name="石例女")
    world.people[office.value, "opened"] = people.appoint(
        Role.coordinator, people.OTHER_TOWNSHIP, office=office
    )
    askers = ((role, "other township"), (role, "opened"), (office, "opened"))
    for who, relation in askers:
        said = AccessAsked(
            f"C-{world.things['child']:04d}", RevealReason.school, "转学到我村，需要了解情况",
            clock.today() + timedelta(days=30),
        )  # fmt: skip
        with db.write():
            by = world.people[who.value, relation].actor()
            one = requests.ask_access(said, by=by)
            db.session.flush()
            world.things.setdefault("file access", one.id)
            if relation == "opened":
                boss = world.people["township_supervisor", "here"].actor()
                requests.open_access(one, one.until, by=boss, version=None)
                world.things.setdefault("opened access", one.id)


def _draft(world: World) -> None:
    """The Youth League has a list made; the wish of the next village finds somebody."""
    with db.write():
        by = world.people["youth_league", "here"].actor()
        world.things["round"] = rounds.start(people.region(people.COUNTY), by=by).id
    jobs.work_off()
    with db.read():
        found = select(Suggestion.id).where(Suggestion.round_id == world.things["round"])
        world.things["suggestion"] = db.session.scalars(found).first() or 0


def _learned(world: World) -> None:
    """The Youth League lets the platform learn from the few endings there are."""
    with db.write():
        by = world.people["youth_league", "here"].actor()
        world.things["weights"] = scoring.ask(people.region(people.COUNTY), by=by).id
    jobs.work_off()


def _accounts(world: World) -> None:
    """An account of the village, which a township looks after, and one of an office."""
    for thing, persona in (("account", "grid_worker"), ("office account", "police")):
        person = world.people[persona, "here"]
        world.things[thing] = person.account_id
        with db.read():
            held = accounts.holdings_of(person.account_id)
            world.things[f"{thing} role"] = held[0].id


def _sheets(world: World) -> None:
    """The township has brought a sheet of the national system with a row that is wrong."""
    by = world.people["township_supervisor", "here"]
    said = national.row(village="没有这村")
    world.numbers.append(said["id_number"])
    world.things["sheet"] = sheet = national.uploaded([said], by)
    with db.read():
        world.things["sheet row"] = sheets.part(sheet, 0, 1)[0].id
    _from_paper(world)
    _leaving(world)


def _from_paper(world: World) -> None:
    """The company has brought its people and their past hours; the Women's Federation of the county
    a list of pairs. Each has a row that is wrong."""
    company = world.people["unit_manager", "here"]
    federation = world.people["womens_federation", "here"]
    said = paper.mother(consent="否")
    pair = paper.pair(world.things["twin"], world.things["paper helper"], since="明年")
    world.numbers += [said["id_number"], pair["helper_id"]]
    world.things["volunteers sheet"] = paper.listed([said], company)
    world.things["hours sheet"] = paper.hours([paper.past(world.things["paper helper"])], company)
    world.things["pairs sheet"] = paper.paired([pair], federation)
    with db.read():
        for thing in ("volunteers sheet", "pairs sheet", "hours sheet"):
            row = sheets.part(world.things[thing], 0, 1)[0].id
            world.things[thing.replace("sheet", "row")] = row


def _leaving(world: World) -> None:
    """The township has asked for a file with names, and given changes back."""
    by = world.people["township_supervisor", "here"]
    with db.write():
        who, home = by.actor(), people.region(people.TOWNSHIP)
        said = ledger_actions.ExportAsked(home, RevealReason.school, "核对入学")
        asked = ledger_actions.ask_export(said, by=who)
        made = returns.send_back(ledger.changed_ids(home.path)[:1], by=who)
        db.session.flush()
        returns.agree_return(made, by=world.people["civil_affairs", "here"].actor())
        world.things |= {"export": asked.id, "return": made.id}
