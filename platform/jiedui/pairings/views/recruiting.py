"""What would help those whom a list leaves: volunteers to look for, a poster, helpers to share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template

from jiedui.access.guard import requires
from jiedui.access.policy import Permission
from jiedui.core.i18n import gettext
from jiedui.core.pages import in_full
from jiedui.core.qr import qr
from jiedui.helpers.rules import HelpKind, Language, Subject
from jiedui.pairings.models import Round
from jiedui.pairings.queries import rounds as queries
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.wording import listed, slot_words
from jiedui.regions import queries as regions


@dataclass(frozen=True)
class Wanted:
    """One kind of volunteer in words; `more` is how many more wishes would be met."""

    what: str
    subjects: str
    where: str
    when: str
    languages: str
    social_worker: bool
    more: int


def wanted(round_: Round) -> list[Wanted]:
    """What the list found, in words. A township that is gone is the round's region."""
    rows = (round_.figures or {}).get("recruits", [])
    towns = {t.id: t.name for t in regions.townships(round_.region.path)}
    return [_spoken(row, towns.get(row["township_id"], round_.region.name)) for row in rows]


def _spoken(row: dict[str, Any], town: str) -> Wanted:
    return Wanted(
        what=listed(HelpKind, row["offers"]),
        subjects=listed(Subject, row["subjects"]),
        where=town,
        when=gettext(" / ").join(slot_words(slot) for slot in row["slots"]),
        languages=listed(Language, row["languages"]),
        social_worker=row["social_worker"],
        more=row["more"],
    )


@bp.get("/matching/<int:round_id>/recruitment")
@requires(Permission.round_read, load=queries.get)
def recruitment(round_: Round) -> str:
    """The recruitment plan of a list."""
    found = wanted(round_)
    more = sum(one.more for one in found)
    return render_template("pairings/recruitment.html", round=round_, wanted=found, more=more)


@bp.get("/matching/<int:round_id>/recruitment/poster")
@requires(Permission.round_read, load=queries.get)
def poster(round_: Round) -> str:
    """A sheet to hang up: who is looked for, where and when, and how to register."""
    link = in_full("helpers.register")
    code = qr(link, gettext("QR code of the registration page"), scale=5)
    return render_template(
        "pairings/poster.html", round=round_, wanted=wanted(round_), link=link, code=code
    )


def sharing_of(round_: Round, shown: set[int]) -> dict[int, list[dict[str, Any]]]:
    """For each need shown, the suggested pairs it could join: codes of the needs and the helper."""
    groups = (round_.figures or {}).get("sharing", [])
    helpers = queries.helpers_of({group["helper_id"] for group in groups})
    found: dict[int, list[dict[str, Any]]] = {need_id: [] for need_id in shown}
    for group in groups:
        helper = helpers.get(group["helper_id"])
        others = [f"N-{number:04d}" for number in group["with"]]
        for need_id in shown & set(group["joining"]) if helper else ():
            line = {"others": others, "helper": f"{helper.name} {helper.code}"}
            found[need_id].append(line | {"slot": group["slot"]})
    return found
