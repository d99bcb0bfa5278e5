"""Anybody registers as a volunteer, caring mother or social worker, in four short steps."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.guard import HOLDING, actor_or_none, open_door
from jiedui.access.rules import AccessRefusal
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.core.resident_id import masked
from jiedui.helpers import actions, queries
from jiedui.helpers.forms import Steps
from jiedui.helpers.forms.steps import STEPS
from jiedui.helpers.rules import Registration, minutes_for
from jiedui.helpers.views.blueprint import bp
from jiedui.settings import Settings


@bp.route("/register", methods=["GET", "POST"], defaults={"step": STEPS[0]})
@bp.route("/register/<step>", methods=["GET", "POST"])
@open_door("anybody may offer to help")
def register(step: str) -> Any:
    """One step: shown as it was left, kept when it is sent, left for the next one when good."""
    if step not in STEPS:
        raise Missing
    who = actor_or_none()
    if who is not None and queries.by_account(who.account_id) is not None:
        return redirect(url_for("helpers.mine"), 303)
    steps = Steps(session, who.account_id if who else None)
    earlier = steps.first_open(before=step)
    if earlier is not None:
        return redirect(_address(earlier), 303)
    if request.method == "POST":
        return _sent(step, steps)
    return _page(step, steps, steps.form(step))


def _sent(step: str, steps: Steps) -> Any:
    steps.keep(step, request.form)
    at = STEPS.index(step)
    if request.form.get("act") == "back":
        return redirect(_address(STEPS[max(at - 1, 0)]), 303)
    form = steps.form(step, sent=True)
    if not form.sent():
        return _page(step, steps, form), 422
    if step != STEPS[-1]:
        return redirect(_address(STEPS[at + 1]), 303)
    return _finish(steps, form)


def _finish(steps: Steps, form: Any) -> Any:
    who = actor_or_none()
    try:
        if who is None:
            _register(steps.said(), form.new_password.data)
        else:
            actions.join(steps.said(), accounts.get(who.account_id), by=who)
    except Refusal as refusal:
        form.refuse(refusal)
        page, status = refused("helpers/register_check.html", **_facts("check", steps, form))
        many = refusal.code is AccessRefusal.too_many_registrations
        return page, 429 if many else status
    steps.forget()
    return _to_sign_in() if who is None else _joined()


def _register(said: Registration, password: str) -> None:
    """Counted in the same act, known or not."""
    limits: Settings = current_app.config["SETTINGS"]
    access.count_registration(
        said.phone,
        request.remote_addr or "",
        from_one=limits.registrations_per_address,
        in_all=limits.registrations_a_day,
    )
    actions.register_with_account(said, password, by=ANYBODY)


def _to_sign_in() -> Response:
    """The same for a new number and for a known one: who is new signs in with what they typed."""
    flash(
        gettext(
            "We have received it. Sign in with your mobile number and the password you chose. If "
            "you had registered before, your earlier password counts; your township can help."
        ),
        "ok",
    )
    return redirect(url_for("access.sign_in", next=url_for("helpers.mine")), 303)


def _joined() -> Response:
    session.pop(HOLDING, None)  # there is one role more to choose from
    message = gettext("You are registered. What comes next stands on this page.")
    return done(message, "helpers.mine")


def _page(step: str, steps: Steps, form: Any) -> str:
    return render_template(f"helpers/register_{step}.html", **_facts(step, steps, form))


def _facts(step: str, steps: Steps, form: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"form": form, "at": STEPS.index(step), "address": _address}
    if step == "where":
        facts["reaches"] = _reaches(form)
    if step == "check":
        facts["said"] = said = steps.said()
        home = queries.home_of(said.offer.village_id, said.offer.unit_id)
        facts["village"], facts["unit"] = home
        facts["masked"] = masked(said.who.number)
    return facts


def _reaches(form: Any) -> dict[int, str]:
    """What each distance means: how long the way takes, and how many villages lie within."""
    kms = [km for km, _words in form.reach.choices if km]
    home, travel = form.village.data, form.travel.data
    known = queries.villages_within(home, kms) if home is not None else {}
    words = {}
    for km in kms:
        words[km] = gettext("about %(n)d minutes", n=minutes_for(travel, km)) if travel else ""
        if km in known:
            words[km] += gettext(", %(n)d villages and communities", n=known[km])
    return words | {0: gettext("From a quiet place of your own")}


def _address(step: str) -> str:
    return url_for("helpers.register", step=step)
