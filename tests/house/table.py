"""Reads the table of expectations and plays a line of it over HTTP."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.house.world import World

TABLE = Path(__file__).with_name("expectations.csv")
ANSWERS = {"yes", "named", "hidden", "listed", "empty", "no", "gone", "sign in", "choose"}
OUT, ANY = ("signed_out", "-"), "everybody"
# What an address wants besides the number of a thing.
WORDS = {
    "gate": "identity", "field": "name", "token": "x" * 32, "number": "R-0000", "form": "docx",
    "code": "temporary_relief", "data": "letter",
    "sheet": "xlsx", "step": 1, "mark": "0" * 20, "until": "2020-01-01", "key": "0" * 20,
    "theme": "drowning",
}  # fmt: skip
# The kind of a sheet that is none of the national system.
KIND_OF = {
    "volunteers sheet": "helpers", "pairs sheet": "pairs-before", "hours sheet": "hours-before",
}  # fmt: skip
# Whose number an address wants when it is not the row's own object's.
OWNER = {
    "child_id": "child", "guardian_id": "guardian", "home_id": "home", "need_id": "need",
    "helper_id": "helper", "credential_id": "credential", "batch_id": "list",
    "pairing_id": "pair", "session_id": "session", "certificate_id": "record",
    "round_id": "round", "suggestion_id": "suggestion", "report_id": "report",
    "feedback_id": "opinion", "unit_id": "unit", "place_id": "place",
    "inspection_id": "school inspection", "finding_id": "school finding",
    "safety_photo_id": "finding picture",
    "picture_id": "place picture", "account_id": "account",
    "application_id": "application",
    "letter_id": "letter", "deputy_id": "deputy", "review_id": "review", "village_id": "village",
    "draft_id": "draft", "phone_id": "phone",
    "category_id": "category", "paper_id": "paper", "request_id": "request",
    "other_id": "twin", "merge_id": "merge",
    "file_id": "review file", "region_id": "township", "visit_id": "house visit",
    "entrustment_id": "agreement", "scan_id": "scan",
    "case_id": "support case", "stay_id": "stay",
    "objection_id": "objection", "award_id": "star", "note_id": "note",
    "standard_id": "standard", "absence_id": "absence",
    "sheet_id": "sheet", "row_id": "sheet row", "export_id": "export", "return_id": "return",
    "delivery_id": "delivery", "run_id": "run", "access_id": "file access",
    "agreement_id": "pair agreement", "pledge_id": "pledge",
    "report_file_id": "report file", "agreement_scan_id": "agreement scan",
    "planned_id": "planned", "dates_id": "school dates",
    "hours_return_id": "hours file",
    "referral_id": "referral", "counsellor_id": "counsellor", "screening_id": "screening",
    "result_id": "result", "teacher_id": "psychology teacher",
    "scoring_id": "weights",
    "season_id": "season", "member_id": "member", "activity_id": "class", "entry_id": "seat",
    "meeting_id": "meeting", "group_id": "group", "asked_id": "group asked",
    "event_id": "event", "slip_token": "event slip",
    "wait_id": "waiting", "material_id": "material", "target_id": "target",
    "injury_id": "injury", "hazard_id": "hazard",
    "course_id": "course", "course_member_id": "course place",
    "budget_line_id": "budget line", "budget_entry_id": "budget entry", "contract_id": "contract",
    "membership_id": "membership", "wish_id": "material wish",
    "gift_id": "gift", "allotment_id": "allotment",
    "plan_id": "gift plan", "decision_id": "gift decision", "tie_id": "gift tie",
    "line_id": "gift entry",
    "casework_id": "case", "turn_id": "turn",
}  # fmt: skip
KINDS = {
    "activity_id": {"class", "event", "campaign"},
    "event_id": {"event", "campaign", "unit event"},
    "group_id": {"group", "event"},
    "entry_id": {"seat", "event seat"},
    "meeting_id": {"meeting", "event meeting", "campaign meeting"},
    "course_id": {"course", "guardian course"},
    "course_member_id": {"course place", "guardian place"},
    "unit_id": {"unit", "school"},
    "gift_id": {"gift", "unit gift"},
    "report_id": {"report", "ended report"},
    "casework_id": {"case", "sealed case", "ending case"},
    "pairing_id": {"pair", "asked", "proposal", "paper pair", "legacy"},
    "helper_id": {"helper", "paper helper"},
    "planned_id": {"planned", "stood in"},
    "place_id": {"place", "school place"},
    "session_id": {"session", "paper session"},
    "request_id": {"request", "answered request"},
    "access_id": {"file access", "opened access"},
    "account_id": {"account", "office account"},
    "sheet_id": {"sheet", *KIND_OF},
    "row_id": {"sheet row", "volunteers row", "pairs row", "hours row"},
}
# The pages by which a list leads to one of its things.
LEADS = {
    "material wish": ("donations.close",), "gift": ("donations.gift",),
    "unit gift": ("donations.our_gift",), "pledge": ("donations.pledge",),
    "gift decision": ("donations.decision",),
    "allotment": ("donations.come",),
    "child": ("files.child",), "need": ("needs.show",), "helper": ("helpers.show",),
    "paper helper": ("helpers.show",), "pair": ("pairings.show",), "asked": ("pairings.accept",),
    "pair agreement": ("contact.agreement",), "stood in": ("contact.told",),
    "legacy": ("pairings.show",), "proposal": ("pairings.show", "pairings.decide"),
    "round": ("pairings.round",), "weights": ("pairings.scoring",),
    "list": ("helpers.check",), "session": ("hours.dispute",), "unit": ("partners.unit",),
    "application": ("partners.application",),
    "place": ("partners.place", "partners.about_place"), "report": ("protection.read_report",),
    "agreement": ("care.entrustment",), "village": ("care.festival_village",),
    "support case": ("care.support_case",), "absence": ("care.absence_end", "care.absence_back"),
    "sheet": ("intake.batch",), **dict.fromkeys(KIND_OF, ("intake.batch",)),
    "referral": ("counselling.referral",), "screening": ("counselling.screening",),
    "school": ("counselling.school",),
    "request": ("files.answer_request",), "answered request": ("files.request_letter",),
    "file access": ("files.access",), "opened access": ("files.access",),
    "export": ("children.export",), "return": ("children.national_return",),
    "hours file": ("hours.told_file",),
    "account": ("access.account",), "office account": ("access.account",),
}  # fmt: skip
Who = tuple[str, str]


class Page(NamedTuple):
    """One thing and one act on it."""

    thing: str
    act: str

    @property
    def endpoint(self) -> str:
        """The route, without the question behind it."""
        return self.act.partition("?")[0]


@dataclass(frozen=True)
class Row:
    """One expected answer."""

    who: Who
    page: Page
    answer: str
    line: int
    general: bool = False


def rows(known: Iterable[Who]) -> Iterator[Row]:
    """Every line of the table, one person at a time. `everybody, any` is who is signed in and has
    said in which role; a line about somebody in particular comes later and counts more."""
    with TABLE.open(encoding="utf-8") as lines:
        for line, row in _numbered(lines):
            if row["persona"].startswith("#"):
                continue  # a heading
            page = Page(row["object"], row["act"])
            for persona in row["persona"].split():
                for relation in row["relation"].split(" / "):
                    for who in _meant(persona, relation, known):
                        yield Row(who, page, row["answer"], line, persona == ANY)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines as the file has them, empty ones counted."""
    read = csv.DictReader(line if line.strip() else "#\n" for line in lines)
    yield from enumerate(read, start=2)


def _meant(persona: str, relation: str, known: Iterable[Who]) -> list[Who]:
    if persona == ANY:
        return [who for who in known if who not in (OUT, ("deputy", "not chosen"))]
    return [(persona, relation)]


def path_of(app: Flask, world: World, page: Page) -> str:
    """The address of a page about a thing."""
    rule = next(r for r in app.url_map.iter_rules(page.endpoint) if not r.defaults)
    wanted = rule.arguments
    if page.endpoint in ("helpers.register", "disclosure.check", "disclosure.given"):
        wanted = set()
    with app.test_request_context():
        values = {name: _value(world, page.thing, name) for name in wanted}
        found = app.url_for(page.endpoint, **values)  # type: ignore[arg-type]
    return "?".join(filter(None, (found, page.act.partition("?")[2])))


def _value(world: World, thing: str, name: str) -> str | int:
    if name == "kind":
        return KIND_OF.get(thing, "national")
    if name in WORDS:
        return WORDS[name]
    if name == "holding_id":
        return world.things[f"{thing} role"]
    return world.things[thing if thing in KINDS.get(name, ()) else OWNER[name]]


def links(text: str) -> set[str]:
    """Where a page leads, without questions."""
    found = re.findall(r'(?:href|action)="([^"?#]*)', text)
    return {one for one in found if one.startswith("/")}


def answer_of(world: World, page: Page, got: TestResponse, wanted: str) -> str:
    """What the portal said, in the table's words; as much of it as the table asks for."""
    text, here = got.get_data().decode(errors="ignore"), got.request.path
    if here == "/sign-in" and page.act != "access.sign_in":
        return "sign in"
    if here == "/role" and page.act != "access.choose_role":
        return "choose"
    if got.status_code in (404, 410):
        return {404: "no", 410: "gone"}[got.status_code]
    if got.status_code >= 500:
        return "trouble"
    if page.endpoint not in ("helpers.papers", "intake.row", "intake.corrected") and any(
        number in text for number in world.numbers
    ):
        return "shows an identity number"
    if wanted in ("listed", "empty"):
        return "listed" if _leads_to(world, page.thing) & links(text) else "empty"
    seen = [secret for secret in world.secrets if secret in text]
    if wanted == "hidden":
        return f"shows {seen}" if seen else "hidden"
    if wanted == "named":
        return "named" if seen else "hidden"
    return "yes"


def answer_to(got: TestResponse, wanted: str) -> str:
    """What an empty form was told: by the guard, or by the act's own rules, which is as good as
    the page's `yes`, whatever they say."""
    for path, word in (("/sign-in?", "sign in"), ("/role?", "choose")):
        if got.status_code in (302, 303) and got.location.startswith(path):
            return word
    if got.status_code == 404:
        return "no"
    return wanted if wanted not in ("no", "sign in", "choose") else "yes"


def _leads_to(world: World, thing: str) -> set[str]:
    return {path_of(world.app, world, Page(thing, act)) for act in LEADS[thing]}


def token_of(browser: Browser) -> str:
    """The proof of origin that forms of this session carry."""
    browser.get("/me")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.text)
    assert found is not None
    return found.group(1)
