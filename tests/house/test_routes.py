"""Every route says who may use it; the open doors are few and stand here by name."""

from __future__ import annotations

from flask import Flask

from jiedui.access.policy import POLICY, Permission

# Open doors: each one is a decision, made here by hand.
OPEN = {
    "access.keep",
    "access.keep_unreadable",
    "access.no_line",
    "access.sign_in",
    "access.open_phone",
    "access.second_factor",
    "access.use_link",
    "access.language",
    "children.answer",
    "disclosure.about",
    "disclosure.check",
    "disclosure.disclosed",
    "disclosure.disclosed_file",
    "disclosure.given",
    "disclosure.keys",
    "disclosure.stars",
    "disclosure.home",
    "disclosure.rules",
    "disclosure.wishes",
    "donations.give",
    "donations.give_else",
    "donations.handed_over",
    "followup.stop_here",
    "hours.place_screen",
    "helpers.register",
    "protection.feedback",
    "contact.check_badge",
    "partners.apply",
    "contact.feed",
    "contact.read_agreement",
    "protection.ask",
    "protection.opinion_answer",
    "protection.report",
}
NO_DATABASE = {"assets.file", "assets.worker"}


def test_every_route_is_marked(app: Flask) -> None:
    """A route without a mark would be refused at run time; none ships."""
    unmarked = {
        name
        for name, view in app.view_functions.items()
        if not hasattr(view, "guard") and name not in NO_DATABASE
    }
    assert unmarked == set()


def test_the_open_doors_are_these(app: Flask) -> None:
    """No page became public by accident."""
    open_now = {
        name
        for name, view in app.view_functions.items()
        if hasattr(view, "guard") and view.guard.permission is None
    }
    assert open_now <= OPEN, f"new open doors: {open_now - OPEN}"


def test_an_unmarked_route_is_refused(own_app: Flask) -> None:
    """The guard does not trust this test alone."""
    own_app.add_url_rule("/careless", "careless", lambda: "secret")
    own_app.config["PROPAGATE"] = False
    answer = own_app.test_client().get("/careless")
    assert answer.status_code == 500
    assert b"secret" not in answer.data


def test_no_page_changes_anything_by_get(app: Flask) -> None:
    """A route is either looked at or sent; GET never has a write transaction."""
    for name, view in app.view_functions.items():
        if getattr(view, "transaction", None) == "write":
            methods = {m for r in app.url_map.iter_rules(name) for m in r.methods}
            assert "GET" not in methods, name


def test_every_permission_is_used(app: Flask) -> None:
    """A permission no route asks for is a promise nobody keeps."""
    asked = {
        view.guard.permission for view in app.view_functions.values() if hasattr(view, "guard")
    }
    idle = set(POLICY) - asked - {Permission.figures_read}
    assert idle == set()
