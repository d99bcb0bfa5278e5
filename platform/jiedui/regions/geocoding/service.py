"""A map service that the installation may name: Nominatim or Baidu, asked about places only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from math import cos, radians
from typing import Any

import structlog
from geopy import exc
from geopy.geocoders import BaiduV3, Nominatim

from jiedui.regions.geocoding.answers import Found, Nothing, Position, Sure, Unsure
from jiedui.regions.geocoding.datum import Point, from_bd09
from jiedui.regions.models import Region
from jiedui.regions.rules import Doubt, Source, great_circle_km

SECONDS = 5
ANSWERS_MOST = 5
KM_AROUND = 20.0  # a county's edge lies beyond its outermost villages
KM_A_DEGREE = 111.2
KM_SAME = 1.0  # answers nearer to each other than this are one place
CONFIDENCE_LEAST = 50  # Baidu: the point is wrong by less than a kilometre
TROUBLE = (
    exc.GeopyError, HTTPException, ArithmeticError, AttributeError, LookupError, OSError,
    TypeError, ValueError,
)  # fmt: skip
DECLINED = (
    exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges,
    exc.GeocoderQuotaExceeded, exc.GeocoderQueryError, exc.ConfigurationError,
)  # fmt: skip
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Box:
    """A county's outermost divisions, with some kilometres around."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east


@dataclass(frozen=True)
class Service:
    """Which service, with what key, on which server ("" is its own)."""

    source: Source
    key: str
    domain: str

    @property
    def address(self) -> tuple[str, str]:
        """Scheme and host of another server than the service's own."""
        scheme, _, host = self.domain.rpartition("://")
        return scheme or "https", host.strip("/")


_now: dict[str, Service] = {}


def configure(name: str, key: str = "", domain: str = "") -> None:
    """Which service is asked from now on in this process; "" is none."""
    _now.clear()
    if name:
        _now["service"] = Service(Source(name), key, domain)


def box_around(points: Iterable[Point], km: float = KM_AROUND) -> Box:
    """The box of these points, so many kilometres larger on every side."""
    latitudes, longitudes = zip(*points, strict=True)
    up = km / KM_A_DEGREE
    aside = up / cos(radians(max(map(abs, latitudes))))
    return Box(
        min(latitudes) - up, min(longitudes) - aside, max(latitudes) + up, max(longitudes) + aside
    )


def ask(text: str, county: Region, divisions: Iterable[Region]) -> Found:
    """What the service says about a place of the county; trouble with it is no exception."""
    service = _now.get("service")
    points = [r.point for r in divisions if r.point is not None]
    if service is None or not text or not points:
        return Nothing(Doubt.unknown)
    box = box_around(points)
    try:
        if service.source is Source.baidu:
            said = _baidu(service, text, county)
        else:
            said = _nominatim(service, text, county, box)
    except TROUBLE as error:
        log.warning("map service failed", service=service.source.value, error=type(error).__name__)
        return Nothing(Doubt.declined if isinstance(error, DECLINED) else Doubt.unreachable)
    return _judge(said, box)


def _judge(said: list[tuple[Position, bool]], box: Box) -> Found:
    """One good answer is sure; several apart, a rough one, or one outside the county is not."""
    if not said:
        return Nothing(Doubt.unknown)
    inside = [(p, good) for p, good in said if box.holds((p.latitude, p.longitude))]
    if not inside:
        return Unsure((), Doubt.far)
    (first, good), options = inside[0], tuple(p for p, _ in inside)
    centre = first.latitude, first.longitude
    apart = [p for p in options if great_circle_km(centre, (p.latitude, p.longitude)) > KM_SAME]
    if apart:
        return Unsure(options, Doubt.several)
    return Sure(first) if good else Unsure(options[:1], Doubt.vague)


def _nominatim(
    service: Service, text: str, county: Region, box: Box
) -> list[tuple[Position, bool]]:
    scheme, host = service.address
    server: dict[str, Any] = {"scheme": scheme, "domain": host} if host else {}
    coder = Nominatim(user_agent="Jiedui county portal", timeout=SECONDS, **server)
    found = coder.geocode(
        f"{county.name}{text}",
        exactly_one=False,
        limit=ANSWERS_MOST,
        country_codes="cn",
        language="zh",
        viewbox=[(box.north, box.west), (box.south, box.east)],
    )
    return [
        (_position(text, place.address, (place.latitude, place.longitude), service.source), True)
        for place in found or []
    ]


def _baidu(service: Service, text: str, county: Region) -> list[tuple[Position, bool]]:
    scheme, host = service.address
    coder = BaiduV3(service.key, scheme=scheme, timeout=SECONDS)
    if host:
        coder.api = f"{scheme}://{host}{coder.api_path}"
    place = coder.geocode(f"{county.name}{text}")
    if place is None:
        return []
    point = from_bd09((place.latitude, place.longitude))
    good = float(place.raw.get("confidence", 0)) >= CONFIDENCE_LEAST
    return [(_position(text, county.name, point, service.source), good)]


def _position(text: str, within: str, point: Point, source: Source) -> Position:
    return Position(text, within, round(point[0], 5), round(point[1], 5), source)
