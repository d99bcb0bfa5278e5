"""A stage as arrays, and its markets: parts that share no offer, no wish and no group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.resources.arcs import Arcs
from matching.resources.lots import Branch
from matching.resources.rules import ResourcePolicy, quarters
from matching.resources.shapes import Prices, Split, Wish
from matching.resources.transport import Transport

Group = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one wish asks at a stage: units in all, and units of one lot."""

    wish: Wish
    units: int
    lot: int
    group: Group  # that shares evenly: a township's wishes of a kind, or for money


@dataclass(frozen=True, slots=True)
class Part:
    """One market, with the places of its rows in the stage."""

    transport: Transport
    offers: np.ndarray
    wishes: np.ndarray
    groups: list[Group]
    arcs: np.ndarray


def shared(asked: list[Asked]) -> dict[Group, tuple[int, ...]]:
    """What each group asked, in quarters."""
    units: dict[Group, int] = {}
    for one in asked:
        units[one.group] = units.get(one.group, 0) + one.units
    return {group: quarters(total) for group, total in units.items()}


def markets(
    supply: np.ndarray, asked: list[Asked], arcs: Arcs, policy: ResourcePolicy
) -> Iterator[Part]:
    """All markets in which something can be given, in the order of their first arc."""
    if not len(arcs[0]):
        return
    room = shared(asked)
    names = list(room)
    number = {group: at for at, group in enumerate(names)}
    group = np.array([number[one.group] for one in asked], dtype=np.int64)
    of_arc = _labels(len(supply), len(names), arcs, group)
    order = np.argsort(of_arc, kind="stable")
    for at in np.split(order, np.flatnonzero(np.diff(of_arc[order])) + 1):
        yield _part(supply, asked, arcs, (at, group), (names, room), policy)


def _part(
    supply: np.ndarray,
    asked: list[Asked],
    arcs: Arcs,
    where: tuple[np.ndarray, np.ndarray],
    sharing: tuple[list[Group], dict[Group, tuple[int, ...]]],
    policy: ResourcePolicy,
) -> Part:
    at, group = where
    names, room = sharing
    offers, offer = np.unique(arcs[0][at], return_inverse=True)
    wishes, wish = np.unique(arcs[1][at], return_inverse=True)
    groups, of_wish = np.unique(group[wishes], return_inverse=True)
    mine = [names[one] for one in groups.tolist()]
    transport = Transport(
        supply=supply[offers],
        demand=np.array([asked[one].units for one in wishes.tolist()], dtype=np.int64),
        lot=np.array([asked[one].lot for one in wishes.tolist()], dtype=np.int64),
        group=of_wish,
        room=np.array([room[name] for name in mine], dtype=np.int64),
        bonus=np.array(policy.bonus, dtype=np.int64),
        offer=offer,
        wish=wish,
        points=arcs[2][at],
    )
    return Part(transport, offers, wishes, mine, at)


def _labels(offers: int, groups: int, arcs: Arcs, group: np.ndarray) -> np.ndarray:
    """Per arc the number of its market, counted by first arcs; groups tie their wishes together."""
    nodes = offers + groups
    tail, head = arcs[0], offers + group[arcs[1]]
    links = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(nodes, nodes))
    _, label = connected_components(links, directed=False)
    _, first, back = np.unique(label[tail], return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[back])


def proof(part: Part, branch: Branch, offer_ids: list[int], asked: list[Asked]) -> Prices | Split:
    """A market's tree with names in place of numbers."""
    wish_ids = [asked[at].wish.id for at in part.wishes.tolist()]
    if branch.cases:
        below, above = (proof(part, case, offer_ids, asked) for case in branch.cases)
        return Split(wish_ids[branch.wish], branch.units, below, above)
    found = branch.relaxed
    ids = [offer_ids[at] for at in part.offers.tolist()]
    return Prices(
        dict(zip(ids, found.offer.tolist(), strict=True)),
        dict(zip(wish_ids, found.wish.tolist(), strict=True)),
        dict(zip(part.groups, found.group.tolist(), strict=True)),
    )
