"""A small county at work: who is at which device, and everything they have sent.

Each form carries a word or a number of its own, so that afterwards everybody can be asked for it:
what was acknowledged is there once; what was not is sent again, with the same one-time key."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count
from threading import Event, Lock, Thread
from typing import Any

from jiedui.access.rules import Role
from jiedui.children import queries as files
from jiedui.core import clock, db
from jiedui.hours.exchange import PAST
from jiedui.intake.models import ImportBatch
from jiedui.intake.rules import SheetState
from jiedui.pairings.actions import answers
from jiedui.pairings.models import Round
from jiedui.pairings.rules.rounds import OPEN_ROUND, RoundState
from tests import people
from tests.builders import children as kids
from tests.builders import pairings as build
from tests.builders import sheets as paper
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.builders.pairings import Pair
from tests.people import Person
from tests.reliability.portal import AWAY, Answer, Device

SLOTS = frozenset(range(15, 21))
DAYS = 55  # since the pair that logs hours has met
A_DAY, STEP = 140, 5  # sessions of five minutes that fit into a day's twelve hours
SEEN = {"outcome": "seen", "doing": "well", "carer": "grandparent", "contact": "weekly"}
PAUSE = 0.02  # seconds between two forms of one person, so that the worker gets its turn
ROWS = 420  # of a sheet of past hours: they are taken over in three parts
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # digits alone could be somebody's number
FIRST_DAY = date(2015, 1, 1)  # of past hours; every row of a person has a day of its own

AT_WORK = (SheetState.uploaded, SheetState.checked, SheetState.taking)


@dataclass
class Town:
    """Who works there, and with whom."""

    volunteer: Person
    director: Person
    starter: Person
    approver: Person
    pair: int
    home: int
    since: date
    proposed: Pair
    past: list[dict[str, Any]]  # rows of a sheet, each about somebody registered


def settle() -> Town:
    """Make the town (opens its own writes): a dozen wishes, and helpers for some of them."""
    director = kids.director()
    people.appoint(Role.duty_officer)
    with clock.moved_to(clock.now() - timedelta(days=DAYS)):
        serving, since = build.trial(director=director), clock.today()
    for n in range(12):
        open_need(director, slots=frozenset({15 + n % 6}))
    helpers = [cleared_volunteer(slots=SLOTS, capacity=2) for _ in range(4)]
    proposed = build.proposed(director=director)
    with db.read():
        home = files.get(serving.read().need.children[0].id).household_id
    return Town(
        volunteer=serving.helper,
        director=director,
        starter=build.officer(name="钱主任"),
        approver=proposed.officer,
        pair=serving.id,
        home=home,
        since=since,
        proposed=proposed,
        past=[paper.past(number) for _person, number in helpers],
    )


@dataclass(frozen=True)
class Sent:
    """One form: what it is, where it goes, and the word or number by which it is known."""

    kind: str
    path: str
    fields: dict[str, Any]
    word: str


@dataclass
class Books:
    """What was acknowledged, what was not, and what was turned away."""

    acked: list[Sent] = field(default_factory=list)
    open: list[tuple[Device, Sent]] = field(default_factory=list)
    turned_away: list[tuple[Sent, int]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def send(self, device: Device, one: Sent) -> bool:
        """Send a form and note what came of it; False when there is nobody any more."""
        try:
            answer = device.post(one.path, one.fields)
        except AWAY:
            with self.lock:
                self.open.append((device, one))
            return False
        with self.lock:
            if answer.done:
                self.acked.append(one)
            else:
                self.turned_away.append((one, answer.status))
        return True

    def send_again(self) -> None:
        """Everything that nobody has answered, as it was."""
        waiting, self.open = self.open, []
        for device, one in waiting:
            self.send(device, one)

    def words(self, kind: str) -> list[str]:
        """The words of what was acknowledged."""
        return [one.word for one in self.acked if one.kind == kind]

    def open_words(self, kind: str) -> list[str]:
        """The words of what may or may not have come in."""
        return [one.word for _device, one in self.open if one.kind == kind]


def once() -> str:
    """A one-time key."""
    return secrets.token_urlsafe(18)


class Day:
    """The town at work through a portal that may be gone at any moment."""

    def __init__(self, town: Town, port: int) -> None:
        self.town, self.port, self.books = town, port, Books()
        self.numbers, self.over = count(), Event()
        self.sheets = count()
        self.started = clock.now()  # when the portal was started the last time

    def open_up(self) -> None:
        """Everybody signs in, once for all the cycles."""
        town = self.town
        self.volunteer, self.director, self.starter, self.approver, self.bringer = (
            Device(self.port).sign_in(one.phone)
            for one in (town.volunteer, town.director, town.starter, town.approver, town.starter)
        )
        self.stranger = Device(self.port)

    def forms(self, kind: str, path: str, said: Callable[[int, str], Any]) -> Iterator[Sent]:
        """Forms of one kind without end, each with a word of its own."""
        for number in count():
            word = f"{kind} {secrets.token_hex(6).translate(LETTERS)}"
            yield Sent(kind, path, {**said(number, word), "once": once()}, word)

    def begin(self) -> list[Thread]:
        """Everybody begins to work; they stop when nobody answers any more, or when it is over."""
        self.over.clear()
        acts = [
            partial(self._send_on, self.volunteer, self.hours),
            partial(self._send_on, self.director, self.visits),
            partial(self._send_on, self.stranger, self.reports),
            self._approve,
            self._match,
            self._sheets,
        ]
        threads = [Thread(target=self._until_nobody_answers, args=(act,)) for act in acts]
        for one in threads:
            one.start()
        return threads

    def _until_nobody_answers(self, act: Callable[[], object]) -> None:
        with suppress(*AWAY):
            act()

    def _send_on(self, device: Device, forms: Iterator[Sent]) -> None:
        while not self.over.wait(PAUSE) and self.books.send(device, next(forms)):
            pass

    @property
    def hours(self) -> Iterator[Sent]:
        """Sessions of five minutes, one after another, day after day."""
        return self._lasting("hours", f"/hours/pairings/{self.town.pair}/new", self._session)

    @property
    def visits(self) -> Iterator[Sent]:
        """The director is at the same house again and again."""
        path = f"/visits/houses/{self.town.home}/new"
        return self._lasting("visit", path, lambda _n, word: {**SEEN, "words": word})

    @property
    def reports(self) -> Iterator[Sent]:
        """Somebody is worried."""
        return self._lasting("report", "/report", lambda _n, word: {"what": word})

    def _lasting(self, kind: str, path: str, said: Callable[[int, str], Any]) -> Iterator[Sent]:
        made: Iterator[Sent] | None = self.__dict__.get(f"_{kind}")
        if made is None:
            made = self.__dict__[f"_{kind}"] = self.forms(kind, path, said)
        return made

    def _session(self, number: int, word: str) -> dict[str, str]:
        day = self.town.since + timedelta(days=number // A_DAY)
        start = 7 * 60 + number % A_DAY * STEP
        times = {"starts": start, "ends": start + STEP}
        spelled = {k: f"{v // 60:02}:{v % 60:02}" for k, v in times.items()}
        return {
            "on": day.isoformat(),
            "kind": "meeting",
            "book": "voluntary",
            "note": word,
        } | spelled

    def _sheets(self) -> None:
        """One sheet is brought, and every one that has been checked is to be taken over."""
        self._bring()
        while not self.over.wait(PAUSE):
            self._take()

    def _approve(self) -> None:
        path = f"/pairings/{self.town.proposed.id}/decide"
        fields = {"decision": "approve", "once": once()}
        self.books.send(self.approver, Sent("approval", path, fields, str(self.town.proposed.id)))

    def _match(self) -> None:
        """A round: begun, or made once more where it stands or has failed."""
        with db.read():
            found = db.session.query(Round).where(Round.state.in_(OPEN_ROUND)).one_or_none()
            number, state = (found.id, found.state) if found else (0, None)
            county = people.region(people.COUNTY).id
        if found is None:
            self.starter.send("/matching", region=county)
        elif state in (RoundState.draft, RoundState.failed):
            self.starter.send(f"/matching/{number}/again")

    def _bring(self) -> None:
        """A sheet of past hours, unless one is still at work."""
        with db.read():
            if db.session.query(ImportBatch).where(ImportBatch.state.in_(AT_WORK)).first():
                return
        path, first, rows = "/sheets/hours-before", next(self.sheets) * ROWS, []
        for n in range(first, first + ROWS):
            days, who = divmod(n, len(self.town.past))
            on = FIRST_DAY + timedelta(days=days)
            rows.append(self.town.past[who] | {"on": on.isoformat()})
        data = paper.book(PAST, rows)
        self.bringer.get(path)
        self.upload(path, data)

    def upload(self, path: str, data: bytes) -> Answer:
        """Send a file as a browser does."""
        edge = secrets.token_hex(16)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="'
        token = f'{head}csrf_token"\r\n\r\n{self.bringer.token}\r\n'.encode()
        name = f'{head}file"; filename="a.xlsx"\r\nContent-Type: application/zip\r\n\r\n'.encode()
        body = token + name + data + f"\r\n--{edge}--\r\n".encode()
        return self.bringer.ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def _take(self) -> None:
        """Every sheet that has been checked is to be taken over."""
        with db.read():
            ready = db.session.query(ImportBatch).where(ImportBatch.state == SheetState.checked)
            numbers = [one.id for one in ready]
        for number in numbers:
            self.bringer.send(f"/sheets/batch/{number}/take")

    def next_proposal(self) -> None:
        """The pair that was approved lets go and is proposed once more (opens its own writes)."""
        pair = self.town.proposed
        with db.write():
            answers.decline(pair.id, by=pair.helper.actor())
        number = build.propose(pair.need_id, pair.helper_id)
        self.town.proposed = Pair(
            number, pair.helper, pair.helper_id, pair.need_id, pair.director, pair.officer
        )
