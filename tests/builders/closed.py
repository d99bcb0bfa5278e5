"""A child's file with something in every room, closed; and everything that lies sealed, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import column, select, table

from jiedui.care.actions import guardianship as guarding
from jiedui.care.actions.guardianship import TalkSaid
from jiedui.care.models import Entrustment, EntrustmentScan
from jiedui.care.rules.guardianship import Option, TalkHow
from jiedui.children import actions, queries
from jiedui.children.models import NationalCopy
from jiedui.children.rules import CloseReason
from jiedui.core import clock, crypto, db
from jiedui.core.resealing import sealed_columns
from jiedui.core.uploads import UploadKind
from jiedui.needs.models import Need
from jiedui.pairings.actions import ending
from jiedui.pairings.rules import CloseReason as PairClose
from jiedui.pairings.rules import NeedAfter
from tests.builders import children as kids
from tests.builders import contact, hours, pairings, papers, visits
from tests.builders.needs import open_need
from tests.people import Person, id_number
from tests.photos import photo

NAME, FATHER, GRANNY = "尽知晓", "尽大河", "尽阿婆"
FATHER_PHONE, GRANNY_PHONE = "13955550001", "13955550002"
ADDRESS, PLACE, NOTE = "柳树沟十九号", "村东头老磨坊", "读了一本小人书"
HOLDER = "磨坊里的木匣子"
WORDS, TALK, WISH, EVIDENCE = "炕头上缺一扇窗", "腊月廿三回来", "喜欢画大白鹅", "残联批文第七七号"
SECRETS = (
    NAME, FATHER, GRANNY, FATHER_PHONE, GRANNY_PHONE, ADDRESS, PLACE, NOTE, WORDS, TALK, WISH,
    EVIDENCE, "石例女收好", HOLDER,
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A file and those around it."""

    child: int
    number: str
    director: Person
    pair: pairings.Pair

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything by which child or family could be told."""
        return (*SECRETS, self.number)


def full_file(director: Person | None = None) -> Kept:
    """An open file with something sealed in every room, whose pairing has ended."""
    director = director or kids.director()
    number = id_number(kids.born(9))
    child = kids.household_child(
        director,
        name=NAME,
        id_number=kids.checked(number),
        address=ADDRESS,
        guardians=(
            kids.father(name=FATHER, phone=FATHER_PHONE),
            kids.grandmother(name=GRANNY, phone=GRANNY_PHONE),
        ),
    )
    _ledger(child, director)
    visits.visited(child, director, words=WORDS)
    papers.signed(child, director, holder="石例女收好")
    _scan(child)
    need = open_need(director, child_id=child, notes=WISH)
    pair = pairings.trial(need_id=need, director=director)
    contact.signed(pair, holder=HOLDER)
    with hours.evening_after() as day:
        hours.verified(pair, day, at_place=PLACE, note=NOTE)
        with db.write():
            by = pair.officer.actor()
            ending.plan_end(pair.id, PairClose.goal_reached, day, by=by)
            ending.close(pair.id, day, NeedAfter.close, by=by)
    return Kept(child, number, director, pair)


def _ledger(child_id: int, director: Person) -> None:
    with db.write():
        child, by = queries.get(child_id), director.actor()
        row = child.categories[0]
        actions.note_evidence(row, EVIDENCE, by=by)
        actions.keep_paper(row, photo(), by=by)
        father = child.guardians[0]
        said = TalkSaid(
            father.id, clock.today(), TalkHow.telephone, Option.entrusts, None, None, TALK
        )
        guarding.record_talk(child.household, said, by=by)
        copy = NationalCopy(
            child_id=child_id, county_id=child.county_id, digest="d" * 64, at=clock.now(),
            cells={"name": NAME}, line=[NAME],
        )  # fmt: skip
        db.session.add(copy)


def _scan(child_id: int) -> None:
    with db.write():
        home = queries.get(child_id).household_id
        one = db.session.scalar(select(Entrustment).where(Entrustment.household_id == home))
        assert one is not None
        scan = EntrustmentScan(
            county_id=one.county_id, entrustment_id=one.id, kind=UploadKind.jpeg, size=3,
            content=NAME.encode(), at=clock.now(),
        )  # fmt: skip
        db.session.add(scan)


def closed_file(director: Person | None = None) -> Kept:
    """The same, closed three days later."""
    kept = full_file(director)
    with clock.moved_to(clock.now() + timedelta(days=3)):
        close(kept.child, kept.director)
    return kept


def close(child_id: int, by: Person, reason: CloseReason = CloseReason.moved_away) -> None:
    """A file leaves the ledger (opens its own write)."""
    with db.write():
        actions.close_child(queries.get(child_id), reason, by=by.actor())


def wish_of(kept: Kept) -> Need:
    """The wish of the file (inside a transaction)."""
    return db.session.get_one(Need, kept.pair.need_id)


def everything() -> str:
    """All that lies in the database, opened: what somebody with the keys could read."""
    found: list[str] = []
    sealed = {(one.table, one.name): one.purpose for one in sealed_columns()}
    with db.read():
        for known in db.Base.metadata.sorted_tables:
            names = [one.name for one in known.columns]
            bare = table(known.name, *map(column, names))
            for row in db.session.execute(select(*bare.c)):
                for name, value in zip(names, row, strict=True):
                    purpose = sealed.get((known.name, name))
                    if purpose and value is not None:
                        plain = crypto.unseal(purpose, bytes(value))
                        found.append(plain.decode(errors="ignore"))
                    elif isinstance(value, str):
                        found.append(value)
    return "\n".join(found)
