"""Letters: each says one thing and leads to what it is about; opening it makes it read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import db
from jiedui.core.i18n import gettext
from jiedui.core.outbox import Letter, LetterKind
from jiedui.core.pages import day, done, in_full
from jiedui.desk import actions, queries
from jiedui.desk.queries import courses
from jiedui.desk.views.blueprint import bp
from jiedui.letters import queries as sent
from jiedui.letters.words import paste_text

# What a letter is about: the page, the name of its number there, and the letter of its code.
PAGES = {
    "account": ("access.me", "", ""),
    "code_card": ("access.code_card", "", ""),
    "follow_up": ("followup.index", "", ""),
    "helper": ("helpers.mine", "", "V"),
    "letter_choice": ("letters.address", "", ""),
    "pairing": ("pairings.show", "pairing_id", "P"),
    "record_check_batch": ("helpers.checks", "", ""),
    "planned_session": ("contact.stand_in", "planned_id", ""),
    "referral": ("counselling.referral", "referral_id", "Z"),
    "report": ("protection.read_report", "report_id", ""),
    "own_report": ("protection.own_reports", "", ""),
    "shared_case": ("protection.shared_cases", "", ""),
    "report_clock": ("protection.clocks", "", ""),
    "protection_case": ("protection.case", "casework_id", ""),
    "round": ("pairings.round", "round_id", ""),
    "sent_referral": ("desk.home", "", "Z"),
    "service_session": ("hours.mine", "", ""),
    "wishes": ("needs.index", "", ""),
    "our_gift": ("donations.ours", "", ""),
    "gift_allotment": ("donations.wishes", "", ""),
    "gift_decision": ("donations.decision", "decision_id", "D"),
    "course": ("activities.course", "course_id", "T"),
    "activity": ("activities.show", "activity_id", "A"),
    "safety_finding": ("activities.finding", "finding_id", "K"),
    "season": ("activities.season", "season_id", ""),
    "season_member": ("activities.online", "member_id", ""),
}


@dataclass(frozen=True)
class Shown:
    """A letter as the desk shows it. `about`: what it is about, where that is no person."""

    id: int
    kind: LetterKind
    code: str
    posted_at: datetime
    about: str = ""


def shown(letter: Letter) -> Shown:
    """A letter with the code of what it is about."""
    mark = PAGES.get(letter.about_kind, ("", "", ""))[2]
    code = f"{mark}-{letter.about_id:04d}" if mark else ""
    return Shown(letter.id, letter.kind, code, letter.posted_at, _about(letter))


def _about(letter: Letter) -> str:
    if letter.about_kind != "course":
        return ""
    found = courses.title_and_day(letter.about_id)
    return f"{found[0]} · {day(found[1])}" if found else ""


def page_of(letter: Letter) -> str:
    """Where a letter leads; the desk where it leads nowhere."""
    endpoint, name, _mark = PAGES.get(letter.about_kind, ("desk.home", "", ""))
    return url_for(endpoint, **({name: letter.about_id} if name else {}))


@bp.post("/letters/<int:letter_id>/open")
@requires(Permission.letter_read, load=queries.letter)
def open_letter(letter: Letter) -> Response:
    """Mark a letter as read and go to what it is about."""
    actions.mark_read([letter])
    return redirect(page_of(letter), 303)


@bp.get("/letters/<int:letter_id>")
@requires(Permission.letter_read, load=queries.letter)
def letter(letter: Letter) -> Response:
    """Where the link of a message leads, after signing in: to what the letter is about. Having
    come here is having read it."""
    with db.note():
        actions.mark_read([queries.letter(letter.id)])
    return redirect(page_of(letter), 303)


@bp.get("/letters/<int:letter_id>/text")
@requires(Permission.letter_read, load=queries.letter)
def letter_page(letter: Letter) -> str:
    """The letter's own page: what it says, how it was sent, and a text that names nobody."""
    return render_template(
        "desk/letter.html",
        letter=shown(letter),
        delivery=sent.of_letter(letter.id),
        text=paste_text(in_full("desk.letter", letter_id=letter.id)),
    )


@bp.post("/letters/read")
@requires(Permission.letter_read)
def read_all() -> Response:
    """Mark everything on the desk as read."""
    actions.mark_read(queries.unread_letters(actor()))
    return done(gettext("All letters are marked as read."), "desk.home")
