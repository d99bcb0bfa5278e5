"""Everything one match knows, read in one transaction and kept without it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import matching
from jiedui.core import clock
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.candidates import rows, texts
from jiedui.pairings.models import Round
from jiedui.pairings.queries import facts, homes, scoring
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

# How long a yes that came to nothing counts for the next card.
FIRST_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Snapshot:
    """Rows for the engine, what is known of pairs, and the county's own rules. No names."""

    needs: tuple[matching.Need, ...]
    helpers: tuple[matching.Helper, ...]
    pairs: matching.Pairs
    policy: matching.Policy
    today: date
    need_village: dict[int, int] = field(default_factory=dict)
    homes: dict[int, tuple[int, float | None]] = field(default_factory=dict)
    scoring_id: int | None = None
    turned_away: frozenset[int] = frozenset()  # helpers whose yes a family did not take

    @cached_property
    def problem(self) -> matching.Problem:
        """The engine's columns."""
        return matching.Problem.from_rows(self.needs, self.helpers, self.pairs, self.today)

    @cached_property
    def need_by_id(self) -> dict[int, matching.Need]:
        """Needs by id."""
        return {need.id: need for need in self.needs}

    @cached_property
    def helper_by_id(self) -> dict[int, matching.Helper]:
        """Helpers by id."""
        return {helper.id: helper for helper in self.helpers}


def policy_of(county_id: int) -> tuple[matching.Policy, int | None]:
    """The county's rules with the weights that count now, and the version they are of (None: its
    own)."""
    version = scoring.active(county_id)
    policy = own_policy(county_id)
    if version is None or version.figures is None:
        return policy, None
    return policy.with_weights(version.figures["weights"]), version.id


def own_policy(county_id: int) -> matching.Policy:
    """The county's own rules and limits; the weights are the engine's."""

    def own(name: Setting) -> float:
        return regions.setting(county_id, name)

    return matching.Policy(
        detour=own(Setting.detour_percent) / 100,
        sex_rule=bool(own(Setting.sex_rule)),
        max_helpers_per_child=int(own(Setting.helpers_per_child)),
        min_companionship_months=int(own(Setting.companionship_months)),
        text=own(Setting.text_weight),
    )


def of_round(round_: Round, pinned: Iterable[tuple[int, int, int | None]] = ()) -> Snapshot:
    """What a round has claimed, as far as it is open and cleared now."""
    claimed = facts.claimed_by(round_.id)
    found = [n for n in facts.needs_by_id(claimed["need"]) if n.state is NeedState.open]
    people = facts.helpers_by_id(claimed["helper"])
    snapshot = _gathered(round_.county_id, found, people)
    helpers_now = tuple(helper for helper in snapshot.helpers if helper.cleared)
    pairs = replace(snapshot.pairs, pinned=tuple(pinned))
    near = homes.nearest(regions.get(round_.county_id).path, found)
    snapshot = replace(snapshot, helpers=helpers_now, pairs=pairs, homes=near)
    return _worded(snapshot, found, people) if snapshot.policy.text else snapshot


def _worded(snapshot: Snapshot, needs: list[Need], people: list[Helper]) -> Snapshot:
    """With what was said in words: only a round weighs it, never a page."""
    said, told = texts.of_needs(needs), texts.of_helpers(people)
    return replace(
        snapshot,
        needs=tuple(replace(row, text=said.get(row.id, "")) for row in snapshot.needs),
        helpers=tuple(replace(row, text=told.get(row.id, "")) for row in snapshot.helpers),
    )


def of_pairs(county_id: int, need_ids: Iterable[int], helper_ids: Iterable[int]) -> Snapshot:
    """Named needs and helpers as they are today, cleared or not: to judge pairs again."""
    found = facts.needs_by_id(need_ids)
    return _gathered(county_id, found, facts.helpers_by_id(helper_ids), full_too=True)


def for_need(need: Need) -> Snapshot:
    """One need among all cleared helpers of its county."""
    everybody = facts.registered_helper_ids(regions.get(need.county_id).path)
    snapshot = of_pairs(need.county_id, [need.id], everybody)
    return replace(snapshot, helpers=tuple(h for h in snapshot.helpers if h.cleared))


def for_helper(helper: Helper) -> Snapshot:
    """One helper among all open needs of the county."""
    path = regions.get(helper.county_id).path
    found = facts.needs_by_id(facts.open_need_ids(path))
    return _gathered(helper.county_id, found, facts.helpers_by_id([helper.id]))


def _gathered(
    county_id: int, found: list[Need], people: list[Helper], *, full_too: bool = False
) -> Snapshot:
    """Rows of these needs and helpers. A need whose places are all taken is left out, unless
    `full_too`: then the pair is judged as if one were free (the rules of proposing count)."""
    today = clock.today()
    now = Present.of(county_id)
    wanted = [n for n in found if full_too or n.demand > now.helping[n.id]]
    related = facts.families_by_phone({need.household_id for need in wanted})
    policy, version = policy_of(county_id)
    first = facts.turned_away(county_id, today - FIRST_FOR) & {helper.id for helper in people}
    return Snapshot(
        needs=tuple(rows.need_row(need, now.around(need), today) for need in wanted),
        helpers=tuple(
            rows.helper_row(helper, now.beside(helper, related), today) for helper in people
        ),
        pairs=matching.Pairs(
            blocked=(*facts.not_again(county_id, today), *now.pairs),
            # Who said yes and was turned away says yes to any: next card first.
            willing=(*facts.willing(county_id), *_each(wanted, first)),
            continuity=tuple(facts.helped_before(county_id)),
        ),
        policy=policy,
        today=today,
        scoring_id=version,
        turned_away=frozenset(first),
        need_village={need.id: spot.id for need in wanted if (spot := rows.spot_of(need))},
    )


def _each(wanted: list[Need], first: set[int]) -> list[tuple[int, int]]:
    return [(need.id, helper) for need in wanted for helper in sorted(first)]


class Present:
    """Who helps whom now: of needs, of children, of helpers."""

    def __init__(self, living: list[facts.Living], children: dict[int, set[int]]) -> None:
        self.pairs = [(pair.need_id, pair.helper_id) for pair in living]
        self.helping = Counter(pair.need_id for pair in living)
        self.of_helper = Counter(pair.helper_id for pair in living)
        self.busy: dict[int, set[int]] = defaultdict(set)
        self.of_child: dict[int, set[int]] = defaultdict(set)
        for pair in living:
            if pair.slot is not None:
                self.busy[pair.helper_id].add(pair.slot)
            for child in children[pair.need_id]:
                self.of_child[child].add(pair.helper_id)

    @classmethod
    def of(cls, county_id: int) -> Present:
        """Read it for a county."""
        living = facts.living(county_id)
        return cls(living, facts.children_of({pair.need_id for pair in living}))

    def around(self, need: Need) -> rows.NeedFacts:
        """What stands around a need."""
        known = [self.of_child[child.id] for child in need.children]
        return rows.NeedFacts(
            living_helpers=tuple(sorted(set().union(*known))),
            most_helpers=max((len(helpers) for helpers in known), default=0),
            left=need.demand - self.helping[need.id],
        )

    def beside(self, helper: Helper, related: dict[str, set[int]]) -> rows.HelperFacts:
        """What stands around a helper."""
        return rows.HelperFacts(
            cleared=helpers.is_cleared(helper),
            living=self.of_helper[helper.id],
            busy=frozenset(self.busy[helper.id]),
            families=frozenset(related.get(helper.phone, ())),
        )
