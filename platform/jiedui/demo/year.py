"""A year of pairings: rounds, approval, the three yeses, meetings, sessions, ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, AskedHow, Means, Purpose
from jiedui.core.errors import Refusal
from jiedui.demo.acts import Stage
from jiedui.demo.served import Served, by_hand
from jiedui.demo.visiting import Visiting
from jiedui.hours import actions as hours
from jiedui.needs.rules import Frequency
from jiedui.pairings.actions import answers, approvals, ending, life, publishing, rounds, scoring
from jiedui.pairings.actions.answers import Heard
from jiedui.pairings.queries import life as find
from jiedui.pairings.queries import rounds as drafts
from jiedui.pairings.rules import CloseReason, PairingState, PauseReason, RejectReason
from jiedui.regions import queries as regions

STEP = {
    Frequency.weekly: 14,  # every other week falls to holidays, exams and rain
    Frequency.fortnightly: 14,
    Frequency.monthly: 28,
    Frequency.n_per_week: 7,
}
OFTEN, LATELY = 7, 45  # days: of the last weeks every meeting is there
NIGHT = ("helpers.run_out", "pairings.nightly", "oversight.retention")


@dataclass
class Year:
    """What the year has brought so far."""

    stage: Stage
    visiting: Visiting
    alive: list[int] = field(default_factory=list)
    sessions: int = 0
    served: Served = field(default_factory=Served)

    def hold_round(self, day: date, *, publish: bool = True) -> list[int]:
        """A round of the calendar; published unless it shall stay a draft. Returns pairings."""
        stage = self.stage
        with stage.on(day, 6):
            with stage.write():
                rounds.start_by_timer(regions.get(stage.county_id))
            stage.calendar()
            league = stage.official(Role.coordinator, "youth_league", 1)
            if not publish:
                with stage.write():  # a worker tries out the smallest changes later
                    rounds.look_for_changes(drafts.open_rounds(league)[0].id)
                return []
            with stage.write():
                draft = drafts.open_rounds(league)[0]
                before = set(self._proposed(league))
                publishing.publish(draft.id, by=league)
                return [p for p in self._proposed(league) if p not in before]

    def learn(self, day: date) -> None:
        """The Youth League lets the platform learn: of so few endings nothing, and it says so."""
        stage = self.stage
        with stage.on(day, 5):
            league = stage.official(Role.coordinator, "youth_league", 1)
            with stage.write():
                scoring.ask(regions.get(stage.county_id), by=league)
            stage.calendar()

    def _proposed(self, league: Actor) -> list[int]:
        return find.in_state(league.county_id, PairingState.proposed)

    def decide(self, day: date, proposed: list[int], share: float = 1.0) -> None:
        """Offices approve what is theirs; one in thirty is rejected. A share stays waiting."""
        chance = self.stage.inventor.random
        with self.stage.on(day, 10):
            chosen = [p for p in proposed if chance.random() < share]
            self.stage.each(chosen, lambda p: self._decide(p, chance.random()), find.several)

    def _decide(self, number: int, x: float) -> None:
        pairing = find.get(number)
        officer = self.stage.official(Role.coordinator, pairing.office.value, 1)
        if x < 0.03:
            approvals.reject(number, RejectReason.not_suitable, by=officer)
            return
        try:
            approvals.approve(number, by=officer)
        except Refusal:
            return  # something came in between, as in life: it waits for another day

    def answer(self, day: date, proposed: list[int], share: float = 1.0) -> None:
        """Helpers accept, guardians and children say yes; a few say no, a few do not answer."""
        chance = self.stage.inventor.random
        with self.stage.on(day, 19):
            chosen = [p for p in proposed if chance.random() < share]
            self.stage.each(chosen, lambda p: self._answer(p, chance.random()), find.several)

    def _answer(self, number: int, x: float) -> None:
        pairing = find.get(number)
        if pairing.state is not PairingState.approved:
            return
        director = self._director(pairing)
        by = self._helper(pairing) or director
        if x < 0.04:
            answers.decline(number, by=by)
            return
        if x < 0.08:
            return  # the clock runs out
        try:
            answers.accept(number, by=by)
            self._family(pairing, director, Answer.no if x < 0.1 else Answer.yes)
        except Refusal:
            return

    def _family(self, pairing: Any, director: Actor, said: Answer) -> None:
        guardian = next(g for g in pairing.need.household.guardians if g.is_guardian)
        proof = {"number": guardian.phone or "12345", "second_person": "村委会委员"}
        consent = ConsentSaid(said, Means.telephone, Purpose.pairing, pairing.id, proof)
        heard = [Heard(c, Answer.yes, AskedHow.alone) for c in pairing.need.children]
        answers.record(pairing.id, (guardian.id, consent), heard, by=director)

    def meet(self, day: date, proposed: list[int], share: float = 1.0) -> None:
        """The first meeting, with the child director there."""
        chance = self.stage.inventor.random

        def one(number: int) -> None:
            pairing = find.get(number)
            if pairing.state is PairingState.ready and chance.random() < share:
                self._meet(pairing, day)

        with self.stage.on(day, 17):
            self.stage.each(proposed, one, find.several)

    def _meet(self, pairing: Any, day: date) -> None:
        try:
            life.meet(pairing.id, day, "村儿童主任", by=self._director(pairing))
        except Refusal:
            return
        self.alive.append(pairing.id)

    def nights(self, day: date) -> None:
        """What the calendar does."""
        with self.stage.on(day, 1):
            self.stage.calendar(*NIGHT)

    def serve(self, first: date, last: date, verified: float = 0.985) -> None:
        """Sessions between two days, logged at their end; directors verify most of them."""
        with self.stage.on(last, 21):
            self.stage.each(
                self.alive, lambda p: self._serve(p, first, last, verified), find.several
            )

    def _serve(self, number: int, first: date, last: date, verified: float) -> None:
        pairing = find.get(number)
        helper = self._helper(pairing)
        if pairing.state not in (PairingState.trial, PairingState.active) or helper is None:
            return
        slot = pairing.slot if pairing.slot is not None else 15
        day = first + timedelta(days=(slot // 3 - first.weekday()) % 7)
        held: list[Any] = []
        director = self._director(pairing)
        while day <= last:
            if self.stage.inventor.random.random() < 0.8:
                one = self.served.log(pairing, day, slot % 3, helper, director)
                held += [one] if one is not None else []
            day += timedelta(days=self._step(pairing.need.frequency, day))
        self.sessions += len(held)
        chosen = [h for h in by_hand(held) if self.stage.inventor.random.random() < verified]
        if chosen:
            hours.verify(chosen, by=director)

    def _step(self, often: Frequency, day: date) -> int:
        lately = self.visiting.today - day < timedelta(days=LATELY)
        return OFTEN if often is Frequency.weekly and lately else STEP[often]

    def part(self, day: date, every: int, reason: CloseReason) -> None:
        """Some pairings come to their end, with a goodbye."""
        chosen = self.alive[::every]

        def one(number: int) -> None:
            pairing = find.get(number)
            if pairing.state is PairingState.active:
                by = self._director(pairing)
                ending.plan_end(number, reason, day, by=by)
                ending.close(number, day, ending.NeedAfter.reopen, by=by)

        with self.stage.on(day, 18):
            self.stage.each(chosen, one, find.several)

    def unsettle(self, day: date) -> None:
        """On the last days some pause, some prepare their end."""

        def one(item: tuple[int, int]) -> None:
            position, number = item
            pairing = find.get(number)
            by = self._director(pairing)
            if pairing.state is not PairingState.active:
                return
            if position % 2:
                ending.pause(number, PauseReason.helper_away, by=by)
            else:
                bye = day + timedelta(days=9)
                ending.plan_end(number, CloseReason.goal_reached, bye, by=by)

        with self.stage.on(day, 18):
            self.stage.each(list(enumerate(self.alive[3::17])), one)

    def _director(self, pairing: Any) -> Actor:
        village = pairing.need.household.village
        return self.stage.official(Role.child_director, village.code)

    def _helper(self, pairing: Any) -> Actor | None:
        account = pairing.helper.account_id
        return self.stage.actor(account) if account else None
