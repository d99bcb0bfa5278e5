"""What the script that keeps forms on a phone asks: is there a line, and who is signed in."""

from __future__ import annotations

from flask import Response, current_app, jsonify, render_template
from flask_wtf.csrf import generate_csrf

from jiedui.access.guard import actor_or_none, open_door
from jiedui.access.views.blueprint import bp
from jiedui.core import phone
from jiedui.core.phone import Stay


@bp.get(phone.DOOR)
@open_door("a phone asks for the line and for whom it may send; it learns of itself only")
def keep() -> Response:
    """The signed-in account's handle and a token to send with; nothing for anybody else."""
    who = actor_or_none()
    if who is None:
        return jsonify(who=None)
    return jsonify(who=phone.handle(who.account_id), csrf=generate_csrf())


@bp.post(phone.DOOR)
@open_door("only what could not be opened comes here, and nothing is done with it", forgeable=True)
def keep_unreadable() -> Response:
    """An entry that is none of ours, or was sealed to a key that is gone."""
    return phone.stays(Stay.unreadable)


@bp.get(f"{phone.DOOR}/no-line")
@open_door("lies on the phone and is shown there when there is no line")
def no_line() -> str:
    """What can be filled in without a line."""
    views = current_app.view_functions
    pages = [(name, views[name].kept_title) for name in phone.empty_pages(current_app)]  # type: ignore[attr-defined]
    return render_template("access/no_line.html", pages=pages)
