"""What is in the way of one need and what can be done now, on a list's page and on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core import pages
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import PAGE
from jiedui.needs.models import Need
from jiedui.pairings.models import Round, Unmet
from jiedui.pairings.queries import homes, missing, outlook
from jiedui.pairings.queries import rounds as queries
from jiedui.pairings.rules.reasons import Change
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.recruiting import sharing_of
from jiedui.regions import queries as regions

# Changes that name no helper: those who visit the family may read them too.
NAMELESS = frozenset({Change.child_slot, Change.child_times, Change.new_helper, Change.none})


@bp.app_template_filter("ways_words")
def ways_words(ways: Mapping[str, Any] | None, known: Mapping[int, Any]) -> list[str]:
    """What can be done now, one sentence a way; ways that nobody could go are left out."""
    if not ways:
        return []
    said = [_online(ways, known), _social(ways), _later(ways), _full(ways)]
    return [words for words in said if words]


def _online(ways: Mapping[str, Any], known: Mapping[int, Any]) -> str:
    many, home, km = ways["online"], known.get(ways["home"] or 0), ways["home_km"]
    if not many:
        return ""
    words = ngettext(
        "Online: %(num)d volunteer who is still free could help.",
        "Online: %(num)d volunteers who are still free could help.",
        many,
    )
    if home is None:
        return words
    where = gettext("The nearest Children's Home is %(home)s.", home=home.name)
    if km is not None and km >= 1:
        facts = {"home": home.name, "km": round(km)}
        where = gettext("The nearest Children's Home is %(home)s, about %(km)s km away.", **facts)
    return gettext("%(first)s %(second)s", first=words, second=where)


def _social(ways: Mapping[str, Any]) -> str:
    if not ways["social_workers"]:
        return ""
    return ngettext(
        "%(num)d social worker would fit, but is full or needed elsewhere: ask the agency.",
        "%(num)d social workers would fit, but are full or needed elsewhere: ask the agency.",
        ways["social_workers"],
    )


def _later(ways: Mapping[str, Any]) -> str:
    if not ways["later"]:
        return ""
    words = ngettext(
        "%(num)d volunteer comes only when the wish is over",
        "%(num)d volunteers come only when the wish is over",
        ways["later"],
    )
    first = pages.day(date.fromisoformat(ways["later_from"]))
    more = gettext("the first on %(day)s: a longer period would do for next season.", day=first)
    return gettext("%(who)s, %(more)s", who=words, more=more)


def _full(ways: Mapping[str, Any]) -> str:
    if not ways["full"]:
        return ""
    return ngettext(
        "%(num)d volunteer would fit, but has no place left.",
        "%(num)d volunteers would fit, but have no place left.",
        ways["full"],
    )


def around(unmet: Iterable[Unmet], round_: Round) -> dict[str, Any]:
    """What the words of these needs speak of: who could join whom, Homes and townships by id."""
    rows = list(unmet)
    return {
        "sharing_of": sharing_of(round_, {one.need_id for one in rows}),
        "homes": homes.named((one.ways or {}).get("home") for one in rows),
        "towns": {t.id: t.name for t in regions.townships(regions.get(round_.county_id).path)},
    }


@bp.app_template_global("outlook_of")
def outlook_of(need: Need) -> dict[str, Any] | None:
    """What the last list says of a need that it left; without the names of helpers for those who
    do not look at lists."""
    one = outlook.of_need(need)
    if one is None:
        return None
    reads = may(actor(), Permission.round_read, one.round)
    change = one.change if one.change and (reads or one.change["code"] in NAMELESS) else None
    helpers = queries.helpers_of({change["helper_id"]} if change else ())
    about = {"one": one, "change": change, "helpers": helpers, "reads_lists": reads}
    return about | around([one], one.round)


@bp.get("/matching/missing", endpoint="missing")
@requires(Permission.need_read)
def to_fill_in() -> str:
    """Data that would make pairs surer, each with the page where it is filled in."""
    number = max(1, request.args.get("page", 1, type=int))
    rows, total = missing.page(actor(), number)
    last = max(1, -(-total // PAGE))
    return render_template(
        "pairings/missing.html", rows=rows, total=total, number=number, last=last
    )
