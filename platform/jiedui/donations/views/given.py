"""What a giver gave: the list and the way of each gift for a unit's own contact, the sheet of a
year for them and for the offices."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock, words
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused
from jiedui.donations import certificate
from jiedui.donations.models import Gift
from jiedui.donations.queries import claims, gifts
from jiedui.donations.queries import given as queries
from jiedui.donations.queries.tracing import trace
from jiedui.donations.rules.claims import alike
from jiedui.donations.rules.statements import year_of
from jiedui.donations.views.blueprint import as_file, bp, own_county
from jiedui.partners import queries as partners


@bp.get("/gifts/ours")
@requires(Permission.gift_own)
def ours() -> str:
    """What the reader's unit gave, and where it is."""
    return render_template("donations/ours.html", rows=queries.of_unit(_unit()))


@bp.get("/gifts/ours/<int:gift_id>")
@requires(Permission.gift_own, load=gifts.get)
def our_gift(gift: Gift) -> str:
    """One gift of the reader's unit, step by step."""
    wished = alike(claims.wished_of(gift.id))
    return render_template("donations/our_gift.html", gift=gift, trace=trace(gift), wished=wished)


@bp.get("/gifts/ours/year")
@requires(Permission.gift_own)
def our_year() -> str:
    """The sheet of a year, for the unit's own report."""
    return _shown(queries.of_unit(_unit()), _name(), "donations.our_year_pdf", {})


@bp.get("/gifts/ours/year.pdf")
@requires(Permission.gift_own)
def our_year_pdf() -> Any:
    """The same on paper."""
    return _paper(queries.of_unit(_unit()), _name())


@bp.get("/gifts/<int:gift_id>/year")
@requires(Permission.gift_manage, load=gifts.get)
def giver_year(gift: Gift) -> str:
    """The sheet of a year of whoever gave this, for an office to hand over."""
    own = queries.of_same_giver(gift)
    return _shown(own, gift.giver, "donations.giver_year_pdf", {"gift_id": gift.id})


@bp.get("/gifts/<int:gift_id>/year.pdf")
@requires(Permission.gift_manage, load=gifts.get)
def giver_year_pdf(gift: Gift) -> Any:
    """The same on paper."""
    return _paper(queries.of_same_giver(gift), gift.giver)


def _unit() -> int:
    return actor().unit_id or 0


def _name() -> str:
    return partners.get_unit(_unit()).name


def _year(own: list[Gift], giver: str) -> queries.Year:
    wanted = request.args.get("year", clock.today().year, type=int)
    known = queries.years(own)
    year = wanted if wanted in known else known[0]
    return queries.year(own, giver, year_of(year, clock.today()))


def _shown(own: list[Gift], giver: str, paper: str, values: dict[str, int]) -> str:
    found = _year(own, giver)
    return render_template("donations/year.html", **_page(own, found, paper, values))


def _page(own: list[Gift], found: queries.Year, paper: str, values: dict[str, int]) -> Any:
    said = certificate.sheet(found, own_county().name)
    return {
        "sheet": said, "found": found, "years": queries.years(own), "paper": paper,
        "values": values, "office": bool(values),
    }  # fmt: skip


def _paper(own: list[Gift], giver: str) -> Any:
    found = _year(own, giver)
    try:
        data = certificate.pdf(found, own_county().name)
    except Refusal as refusal:
        return refused("donations/unprintable.html", why=words.label(refusal.code))
    return as_file(data, "application/pdf", f"gifts-{found.span.start.year}.pdf")
