"""Where a gift is, as whoever gave it may see it: its steps with days and amounts, and how much
went where. A place is named from so many parts on; nobody is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.donations.rules.books import Account, AllotmentState, Thanks

PARTS_LEAST = 5  # parts of one gift that went to a township, before it is named


class Stage(StrEnum):
    """What can happen to a gift, in the order in which it does on one day."""

    offered = "offered"
    refused = "refused"
    accepted = "accepted"
    received = "received"
    allocated = "allocated"
    sent = "sent"
    came = "came"
    thanked = "thanked"
    taken_back = "taken_back"
    returned = "returned"
    written_off = "written_off"
    put_right = "put_right"


ORDER = list(Stage)
LEFT = (AllotmentState.delivered, AllotmentState.thanked)


@dataclass(frozen=True)
class Moved:
    """An entry of the books: when, from where to where, how much, and whether it reverses one."""

    on: date
    source: Account
    target: Account
    amount: int
    reverses: bool


@dataclass(frozen=True)
class Part:
    """What of a gift goes to one wish: to which township, how much, how far, on which days."""

    township: str
    amount: int
    state: AllotmentState
    sent: date | None = None
    came: date | None = None
    thanks: Thanks | None = None


@dataclass(frozen=True)
class Step:
    """What happened on a day, in all; `parts` is to how many wishes, 0 where that says nothing."""

    stage: Stage
    on: date
    amount: int
    parts: int = 0
    thanks: tuple[tuple[Thanks, int], ...] = ()


@dataclass(frozen=True)
class Share:
    """What went to a township ("": elsewhere in the county): parts, amount, and what of it came."""

    place: str
    parts: int
    amount: int
    came: int


FORWARD_STAGES = {
    Account.stock: Stage.received,
    Account.allocated: Stage.allocated,
    Account.returned: Stage.returned,
    Account.written_off: Stage.written_off,
}


def stage_of(entry: Moved) -> Stage:
    """What an entry says to whoever gave."""
    if not entry.reverses:
        return FORWARD_STAGES[entry.target]
    return Stage.taken_back if entry.source is Account.allocated else Stage.put_right


def steps(entries: Iterable[Moved], parts: Iterable[Part]) -> list[Step]:
    """All that happened since the gift was received, day by day; what happened to several parts on
    one day is one step."""
    amounts: dict[tuple[date, Stage], list[int]] = defaultdict(list)
    words: dict[date, Counter[Thanks]] = defaultdict(Counter)
    for entry in entries:
        amounts[entry.on, stage_of(entry)].append(entry.amount)
    for part in parts:
        if part.sent is not None:
            amounts[part.sent, Stage.sent].append(part.amount)
        if part.came is not None:
            amounts[part.came, Stage.came].append(part.amount)
            if part.thanks is not None:
                amounts[part.came, Stage.thanked].append(part.amount)
                words[part.came][part.thanks] += 1
    found = [_step(on, stage, values, words[on]) for (on, stage), values in amounts.items()]
    return sorted(found, key=lambda step: (step.on, ORDER.index(step.stage)))


TO_WISHES = (Stage.allocated, Stage.sent, Stage.came, Stage.thanked, Stage.taken_back)


def _step(on: date, stage: Stage, amounts: list[int], words: Counter[Thanks]) -> Step:
    parts = len(amounts) if stage in TO_WISHES else 0
    said = tuple(sorted(words.items())) if stage is Stage.thanked else ()
    return Step(stage, on, sum(amounts), parts, said)


def shares(parts: Iterable[Part]) -> list[Share]:
    """How much went where: a township with fewer than PARTS_LEAST parts stands with the county.
    What was taken back went nowhere."""
    by_place: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.state is not AllotmentState.taken_back:
            by_place[part.township].append(part)
    named = {p: own for p, own in by_place.items() if p and len(own) >= PARTS_LEAST}
    rest = [part for p, own in by_place.items() if p not in named for part in own]
    lines = [_share(place, own) for place, own in sorted(named.items())]
    lines.sort(key=lambda share: -share.amount)
    return [*lines, *([_share("", rest)] if rest else [])]


def _share(place: str, parts: list[Part]) -> Share:
    came = sum(part.amount for part in parts if part.state in LEFT)
    return Share(place, len(parts), sum(part.amount for part in parts), came)
