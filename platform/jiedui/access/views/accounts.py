"""Accounts: the list, a new one, one person's page, and a sheet of many."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, session

from jiedui.access import actions, exchange, queries
from jiedui.access.actions import Newcomer, Post
from jiedui.access.exchange import SheetRow
from jiedui.access.forms import InviteForm, SearchForm, SheetForm
from jiedui.access.guard import actor, requires
from jiedui.access.models import Account
from jiedui.access.policy import Permission
from jiedui.access.rules import AccessRefusal
from jiedui.access.views.blueprint import bp
from jiedui.access.views.slips import slip, slips
from jiedui.core import clock, sheets, words
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused
from jiedui.core.sheets import BadFile

SHEET = "sheet"


def managed(account_id: int) -> Account:
    """An account that the signed-in person looks after."""
    return queries.managed(account_id, actor())


@bp.route("/accounts", methods=["GET", "POST"])
@requires(Permission.account_manage, transaction="read")
def accounts() -> str:
    """The accounts one looks after; a name or number is asked by POST."""
    form = SearchForm(data=request.args.to_dict())
    role, state = form.wanted()
    if request.method == "POST" and form.q.data:
        found: Any = queries.find_managed(actor(), form.q.data)
    else:
        after = request.args.get("after", 0, type=int)
        found = queries.managed_by(actor(), role=role, state=state, after=after)
    today = clock.today()
    return render_template(
        "access/accounts.html", form=form, accounts=found, role=role, state=state, today=today
    )


@bp.route("/accounts/invite", methods=["GET", "POST"])
@requires(Permission.account_manage)
def invite() -> Any:
    """A new account with its first role; its link is shown once."""
    form = InviteForm()
    if not form.sent():
        page = render_template("access/account_invite.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        post = form.post()
        account, token = actions.invite(form.name.data, form.phone.data, post, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("access/account_invite.html", form=form)
    return slip(account, token, post.region.full_name)


@bp.get("/accounts/<int:account_id>")
@requires(Permission.account_manage, load=managed)
def account(one: Account) -> str:
    """One person's roles, and what can be done for them."""
    ways = {"card": queries.card_of(one.id), "phones": len(queries.phones_of(one.id))}
    seen = queries.last_seen(one.id)
    return render_template(
        "access/account.html", account=one, seen=seen, today=clock.today(), **ways
    )


@bp.get("/accounts/sheet/template.xlsx")
@requires(Permission.account_manage)
def sheet_template() -> Response:
    """An empty sheet with the columns and what may stand in them."""
    response = Response(exchange.template(actor()), content_type=sheets.XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="accounts.xlsx"'
    return response


@bp.route("/accounts/sheet", methods=["GET", "POST"])
@requires(Permission.account_manage, transaction="read")
def sheet() -> Any:
    """Read a sheet and say what is wrong with it, or what it would make. Nothing is made yet."""
    form = SheetForm()
    if request.method == "GET":
        return render_template("access/account_sheet.html", form=form, rows=None)
    try:
        rows = exchange.read(request.files["file"].read() if request.files else b"", actor())
    except BadFile as bad:
        form.file.errors = [words.label(bad.fault, **bad.facts)]
        return refused("access/account_sheet.html", form=form, rows=None)
    good = not any(row.faults for row in rows)
    session[SHEET] = [row.said for row in rows] if good else []
    page = render_template("access/account_sheet.html", form=form, rows=rows)
    return page if good else (page, 422)


@bp.post("/accounts/sheet/make")
@requires(Permission.account_manage)
def make_from_sheet() -> Any:
    """Make what the sheet said, all or nothing, and print the slips."""
    said = [SheetRow(n, tuple(row)) for n, row in enumerate(session.pop(SHEET, []), start=2)]
    rows = exchange.check(said, actor())
    if not rows or any(row.faults for row in rows):
        raise Refusal(AccessRefusal.sheet_changed)
    people = [Newcomer(r.said[0], r.phone, Post(r.role, r.region)) for r in rows]
    return slips(actions.make_accounts(people, by=actor()))
