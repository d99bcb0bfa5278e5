"""One need and one helper as the engine's rows: codes, numbers and coordinates, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import matching
from jiedui.children.rules import RiskLevel
from jiedui.core import clock
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import COUNSELLING, HelperKind, HelpKind, Language, Outcome
from jiedui.needs.models import Need
from jiedui.needs.rules import STAGE_OF, NeedState, Where, counted_urgency
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

MODE = {
    Where.place: "in_person",
    Where.home: "in_person",
    Where.online: "online",
    Where.phone: "phone",
}
# A wish without a language says that any will do: that is an answer, not a gap.
ANY_LANGUAGE = frozenset(language.value for language in Language)
# Any paper that allows counselling will do where a need names none.
ANY_COUNSELLOR = "counselling"


@dataclass(frozen=True)
class NeedFacts:
    """What stands around a need: who helps its children now, and how many places are left."""

    living_helpers: tuple[int, ...] = ()
    most_helpers: int = 0
    left: int = 1


@dataclass(frozen=True)
class HelperFacts:
    """What stands around a helper: pairings, weekly times they hold, own families."""

    cleared: bool
    living: int = 0
    busy: frozenset[int] = frozenset()
    families: frozenset[int] = field(default=frozenset())


def township_of(region: Region) -> int:
    """The township a village lies in; a township's own id."""
    return region.parent_id if region.level is Level.village and region.parent_id else region.id


def spot_of(need: Need) -> Region | None:
    """Where help happens: the place's division, the household's village at home; else nowhere."""
    if need.where is Where.home:
        return need.household.village
    return need.place.region if need.where is Where.place and need.place else None


def point_of(need: Need) -> tuple[float, float] | None:
    """Latitude and longitude of where help happens."""
    if need.where is Where.place and need.place:
        return need.place.point
    spot = spot_of(need)
    return spot.point if spot else None


def stage_of(need: Need) -> str | None:
    """The school stage that is taught, when all its children are in one."""
    if need.kind is not HelpKind.tutoring:
        return None
    stages = {STAGE_OF.get(child.school_stage) for child in need.children}
    only = stages.pop() if len(stages) == 1 else None
    return only.value if only else None


def credential_of(need: Need) -> str | None:
    """The paper without which nobody may help here."""
    if need.credential:
        return need.credential.value
    return ANY_COUNSELLOR if need.kind is HelpKind.counselling else None


def need_row(need: Need, facts: NeedFacts, today: date) -> matching.Need:
    """A need as the engine sees it. Distance is measured to where the help happens."""
    spot, (lat, lon) = spot_of(need), point_of(need) or (None, None)
    tutoring = need.kind is HelpKind.tutoring
    since = clock.local(need.open_since or need.raised_at).date()
    return matching.Need(
        id=need.id,
        kind=need.kind.value,
        child_ids=tuple(sorted(child.id for child in need.children)),
        household_id=need.household_id,
        subjects=frozenset(s.subject.value for s in need.subjects) if tutoring else frozenset(),
        stage=stage_of(need),
        mode=MODE[need.where],
        lat=lat,
        lon=lon,
        township_id=township_of(spot) if spot else None,
        slots=frozenset(s.slot for s in need.slots),
        frequency=need.frequency.value,
        times_per_week=need.times or 1,
        demand=max(1, facts.left),
        languages=frozenset(row.language.value for row in need.languages) or ANY_LANGUAGE,
        child_sex=frozenset(child.sex.value for child in need.children),
        wished_sex=need.wished_sex.value if need.wished_sex else None,
        credential=credential_of(need),
        starts=need.starts,
        ends=need.ends,
        urgency=counted_urgency(need.urgency, need.confirmed_on, today).value,
        risk_red=any(child.risk is RiskLevel.red for child in need.children),
        waiting_days=max(0, (today - since).days),
        consent=need.state is not NeedState.waiting,
        living_helpers=facts.living_helpers,
        helpers_now=facts.most_helpers,
        at_home=need.where is Where.home,
    )


def papers_of(helper: Helper, today: date) -> frozenset[str]:
    """The credentials that were seen, found good and have not run out."""
    good = {
        c.kind
        for c in helper.credentials
        if c.outcome is Outcome.good and (c.expires is None or c.expires >= today)
    }
    more = {ANY_COUNSELLOR} if good & COUNSELLING else set()
    return frozenset({kind.value for kind in good} | more)


def helper_row(helper: Helper, facts: HelperFacts, today: date) -> matching.Helper:
    """A helper as the engine sees them; where they live stands for where they set out."""
    lat, lon = helper.village.point or (None, None)
    worker = helper.kind is HelperKind.social_worker
    return matching.Helper(
        id=helper.id,
        kind="social_worker" if worker else "volunteer",
        sex=helper.sex.value,
        offers=_codes(row.kind for row in helper.offers),
        subjects=_codes(row.subject for row in helper.subjects),
        stages=_codes(row.stage for row in helper.stages),
        credentials=papers_of(helper, today),
        cleared=facts.cleared,
        modes=_codes(row.mode for row in helper.modes),
        lat=lat,
        lon=lon,
        township_id=township_of(helper.village),
        village_id=helper.village_id,
        max_km=float(helper.max_km),
        travel=helper.travel.value,
        slots=frozenset(row.slot for row in helper.slots),
        busy_slots=facts.busy,
        languages=_codes(row.language for row in helper.languages),
        capacity=helper.capacity,
        living=facts.living,
        periods=tuple((row.starts, row.ends) for row in helper.periods),
        household_related=facts.families,
        unit_id=helper.unit_id,
    )


def _codes(members: Iterable[StrEnum]) -> frozenset[str]:
    return frozenset(member.value for member in members)
