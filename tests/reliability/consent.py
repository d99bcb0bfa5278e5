"""One child, one guardian, one helper: yes and no on paper, by telephone and by link, taken back
and given again, under one text and the next, while a pair comes about and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import delete, select

from jiedui.access.models import Grant
from jiedui.children import actions as children
from jiedui.children import queries as files
from jiedui.children.actions import ConsentSaid, ViewSaid, consents
from jiedui.children.models import ChildView, Consent, ConsentLink
from jiedui.children.rules import CONSENT_TEXT, Answer, AskedHow, Means, Purpose
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import NotNow, Refusal
from jiedui.followup.models import FamilyStop
from jiedui.helpers import queries as helpers
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import answers, approvals, ending, life
from jiedui.pairings.actions.answers import Heard
from jiedui.pairings.models import Pairing, PairingMove, Verdict
from jiedui.pairings.rules import LIVING, PairingState, PauseReason
from tests import people
from tests.builders import children as kids
from tests.builders import pairings as pairs
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import SATURDAY_MORNING, open_need
from tests.people import Person

S = PairingState
KNOWN = (S.ready, S.trial, S.active)  # the helper knows who the child is
SAID = st.sampled_from([Answer.yes, Answer.yes, Answer.no])
# What is agreed to about a class is the classes' own (tests/activities).
PURPOSES = tuple(one for one in Purpose if one is not Purpose.activity)
PURPOSE = st.sampled_from(PURPOSES)
PAPER = {"holder": "石例女", "where": "村委会文件柜"}
CALLED = {"number": "13911112222", "second_person": "钱主任"}


@dataclass(frozen=True)
class Family:
    """Who is there."""

    director: Person
    officer: Person
    helper: tuple[Person, int]
    child: int
    guardian: int
    need: int


def one_family() -> Family:
    """A child with a wish, and somebody who could come."""
    director = kids.director()
    child = kids.household_child(director)
    need = open_need(director, child_id=child)
    with db.read():
        guardian = next(g.id for g in files.get(child).guardians if g.is_guardian)
    return Family(director, pairs.officer(), cleared_volunteer(), child, guardian, need)


@dataclass
class Memory:
    """What was said, kept apart from the portal: the latest answer to each question."""

    guardian: dict[tuple[Purpose, int | None], bool] = field(default_factory=dict)
    child: dict[tuple[Purpose, int | None], bool] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)  # which text each consent was given to


class Agreement(RuleBasedStateMachine):
    """What everybody may say and do; a refusal is an answer."""

    family: Family

    def __init__(self) -> None:
        super().__init__()
        self.memory, self.text, self.links = Memory(), CONSENT_TEXT, list[Any]()
        self.later = timedelta()
        with db.write():
            pair = (Grant, FamilyStop, PairingMove, Pairing, Verdict)
            for table in (*pair, Consent, ConsentLink, ChildView):
                db.session.execute(delete(table))
            needs.get(self.family.need).state = NeedState.waiting

    @initialize(far=st.booleans())
    def begin(self, far: bool) -> None:
        """Nobody has said anything; or the two have met."""
        if far:
            self.go_all_the_way()

    def act(self, what: Callable[[], Any]) -> bool:
        """Try it; whether it was done. Each act is a little later than the one before."""
        self.later += timedelta(seconds=1)
        consents.CONSENT_TEXT = self.text
        try:
            with clock.moved_to(clock.now() + self.later), db.write():
                what()
        except (Refusal, NotNow):
            return False
        finally:
            consents.CONSENT_TEXT = CONSENT_TEXT
        self._note_texts()
        return True

    def _note_texts(self) -> None:
        with db.read():
            for one in db.session.scalars(select(Consent)):
                self.memory.texts.setdefault(one.id, self.text)

    @property
    def pairing(self) -> int | None:
        """The pair there is, if there is one."""
        with db.read():
            return db.session.scalar(select(Pairing.id).where(Pairing.state.in_(LIVING)))

    def about(self, purpose: Purpose) -> int | None:
        """What a question is about: help at all, or the pair."""
        return self.pairing if purpose is Purpose.pairing else None

    @rule(purpose=PURPOSE, said=SAID, by_phone=st.booleans())
    def guardian_says(self, purpose: Purpose, said: Answer, by_phone: bool) -> None:
        """To the director, on paper or by telephone."""
        about, family = self.about(purpose), self.family
        means, proof = (Means.telephone, CALLED) if by_phone else (Means.paper, PAPER)
        what = ConsentSaid(said, means, purpose, about, proof)
        by = family.director
        if purpose is Purpose.matching:
            child, who = family.child, family.guardian
            done = self.act(
                lambda: children.record_consent(files.get(child), who, what, by=by.actor())
            )
        elif about is not None:
            told = (family.guardian, what)
            done = self.act(lambda: answers.record(about, told, [], by=by.actor()))
        else:
            return
        if done:
            self.memory.guardian[purpose, about] = said is Answer.yes

    @rule(purpose=PURPOSE)
    def guardian_has_changed_their_mind(self, purpose: Purpose) -> None:
        """And says no, without taking anything back."""
        self.guardian_says(purpose, Answer.no, False)

    @rule(purpose=PURPOSE, said=SAID)
    def child_says(self, purpose: Purpose, said: Answer) -> None:
        """Asked alone."""
        about, child, by = self.about(purpose), self.family.child, self.family.director
        if purpose is Purpose.matching:
            what = ViewSaid(said, AskedHow.alone)
            done = self.act(lambda: children.record_view(files.get(child), what, by=by.actor()))
        elif about is not None:
            done = self.act(
                lambda: answers.record(
                    about, None, [Heard(files.get(child), said, AskedHow.alone)], by=by.actor()
                )
            )
        else:
            return
        if done:
            self.memory.child[purpose, about] = said is Answer.yes

    @rule(purpose=PURPOSE)
    def take_back(self, purpose: Purpose) -> None:
        """The guardian takes a yes back."""
        about = self.about(purpose)
        with db.read():
            given = files.latest_consent(files.get(self.family.child), purpose, about)
            number = given.id if given is not None and given.answer is Answer.yes else None
        if number is None:
            return
        by = self.family.director

        def back() -> None:
            one = db.session.get_one(Consent, number)
            children.withdraw_consent(one, Means.telephone, by=by.actor())

        if self.act(back):
            self.memory.guardian[purpose, about] = False

    @rule(purpose=PURPOSE)
    def make_link(self, purpose: Purpose) -> None:
        """For a guardian far away; it may be used much later."""
        about, family = self.about(purpose), self.family
        if purpose is Purpose.pairing and about is None:
            return
        made: list[Any] = []
        if self.act(
            lambda: made.append(
                children.make_consent_link(
                    files.get(family.child), family.guardian, purpose, about,
                    by=family.director.actor(),
                )
            )
        ):  # fmt: skip
            self.links.append((purpose, about, *made[0]))

    @rule(n=st.integers(0, 9), said=SAID, knows=st.booleans())
    def use_link(self, n: int, said: Answer, knows: bool) -> None:
        """Any link that was ever made, with the right code or a wrong one."""
        if not self.links:
            return
        purpose, about, token, code = self.links[n % len(self.links)]
        given = code if knows else f"{(int(code) + 1) % 10**6:06}"
        if self.act(lambda: children.answer_link(token, given, said)):
            assert knows
            self.memory.guardian[purpose, about] = said is Answer.yes

    @rule()
    def write_another_text(self) -> None:
        """From now on guardians agree to a newer text."""
        self.text = f"{self.text}+"

    @rule()
    def all_agree(self) -> None:
        """As it usually goes."""
        for purpose in PURPOSES:
            self.guardian_says(purpose, Answer.yes, False)
            self.child_says(purpose, Answer.yes)

    @rule()
    def propose(self) -> None:
        """The pair is put before its office."""
        need, helper, slot = self.family.need, self.family.helper[1], SATURDAY_MORNING
        self.act(
            lambda: life.propose(
                needs.get(need), helpers.get(helper), slot=slot, proposers=[], by=SYSTEM
            )
        )

    @rule()
    def approve_and_accept(self) -> None:
        """The office says yes, and so does the helper."""
        one, family = self.pairing, self.family
        if one is not None:
            self.act(lambda: approvals.approve(one, by=family.officer.actor()))
            self.act(lambda: answers.accept(one, by=family.helper[0].actor()))

    @rule()
    def meet(self) -> None:
        """For the first time."""
        one, by = self.pairing, self.family.director
        if one is not None:
            self.act(lambda: life.meet(one, clock.today(), "石例女", by=by.actor()))

    @rule()
    def go_all_the_way(self) -> None:
        """From a wish to the first meeting, as it should be."""
        self.all_agree()
        self.propose()
        self.approve_and_accept()
        self.all_agree()
        self.meet()

    @rule()
    def pause(self) -> None:
        """The child is away for a while."""
        one, by = self.pairing, self.family.director
        if one is not None:
            self.act(lambda: ending.pause(one, PauseReason.child_away, by=by.actor()))

    @rule()
    def resume(self) -> None:
        """They go on, if nothing stands in the way."""
        one, by = self.pairing, self.family.officer
        if one is not None:
            self.act(lambda: ending.resume(one, by=by.actor()))

    @invariant()
    def the_portal_remembers_what_was_said(self) -> None:
        """The latest answer to each question, and the text that was agreed to."""
        with db.read():
            child = self.family.child
            for (purpose, about), said in self.memory.guardian.items():
                assert files.consent_answer(child, purpose, about) is said
            for (purpose, about), said in self.memory.child.items():
                assert files.view_answer(child, purpose, about) is said
            texts = {one.id: one.text_version for one in db.session.scalars(select(Consent))}
            assert texts == self.memory.texts

    @invariant()
    def nothing_is_open_without_a_yes(self) -> None:
        """Of guardian and child: no wish is matched, nobody is proposed, no identity is open,
        nobody meets."""
        with db.read():
            help_at_all = (Purpose.matching, None)
            said = (self.memory.guardian, self.memory.child)
            matching = all(one.get(help_at_all, False) for one in said)
            if needs.get(self.family.need).state is NeedState.open:
                assert matching
            for one in db.session.scalars(select(Pairing).where(Pairing.state.in_(LIVING))):
                agreed = matching and self.memory.guardian.get((Purpose.pairing, one.id), False)
                opened = select(Grant.id).where(
                    Grant.source_kind == "pairing",
                    Grant.source_id == one.id,
                    Grant.ended_at.is_(None),
                )
                assert agreed or not db.session.scalars(opened).all(), one.state
                assert agreed or one.state not in KNOWN, one.state
                assert matching or one.state not in (S.proposed, S.approved), one.state

    def teardown(self) -> None:
        """The record is whole."""
        with db.read():
            assert audit.verify(people.region(people.COUNTY).id) == []
