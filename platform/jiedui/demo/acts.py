"""How the demo acts: transactions handed in by who loads it, people as actors, time moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from jiedui.access import queries as accounts
from jiedui.access.rules import Actor, Role
from jiedui.core import clock, jobs
from jiedui.core.actors import SYSTEM
from jiedui.demo.invented import Inventor
from jiedui.demo.officials import Staff

T = TypeVar("T")
BATCH = 100


@dataclass
class Stage:
    """What every part of the demo needs: transactions, chance, people, and where it stands."""

    write: Callable[[], AbstractContextManager[Any]]
    read: Callable[[], AbstractContextManager[Any]]
    say: Callable[[str], None]
    inventor: Inventor
    county_id: int
    staff: Staff = field(default_factory=Staff)
    units: dict[str, int] = field(default_factory=dict)
    helpers: int = 0
    _actors: dict[int, Actor] = field(default_factory=dict)

    @contextmanager
    def on(self, day: date, hour: int = 9) -> Iterator[None]:
        """Let it be this day."""
        with clock.moved_to(moment(day, hour)):
            yield

    def each(
        self,
        things: Iterable[T],
        act: Callable[[T], Any],
        ahead: Callable[[list[T]], Any] = lambda _batch: None,
    ) -> None:
        """Do something for each, committed by batches. `ahead` reads in one go what a whole batch
        needs; what it gives is held as long as the batch."""
        rest = list(things)
        while rest:
            now, rest = rest[:BATCH], rest[BATCH:]
            with self.write():
                held = ahead(now)
                for thing in now:
                    act(thing)
                del held

    def actor(self, account_id: int) -> Actor:
        """An account as an actor (kept, since nobody changes roles in the demo)."""
        if account_id not in self._actors:
            account = accounts.get(account_id)
            self._actors[account_id] = accounts.actor_for(account, None)
        return self._actors[account_id]

    def official(self, role: Role, place: str, which: int = 0) -> Actor:
        """Somebody with a role at a place (division code) or in an office."""
        return self.actor(self.staff.of(role, place)[which])

    def calendar(self, *kinds: str) -> None:
        """Let the calendar ask for work, and a worker do it."""
        with self.write():
            for kind in kinds:
                jobs.ask(kind, by=SYSTEM, county_id=self.county_id, county=self.county_id)
        jobs.work_off()


def moment(day: date, hour: int) -> datetime:
    """A day and hour in China as an instant."""
    return clock.at(day, hour)
