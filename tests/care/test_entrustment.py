"""Care agreements over HTTP: from the record to the signed paper, told, kept, ended, run out.

Made to catch: a signed agreement without declarations (constraint dropped); a second one in force
(index dropped); a guardianship that did not follow; a scan served as a page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.care import queries
from jiedui.care.actions import after_signing
from jiedui.care.jobs.entrustment import run_out
from jiedui.care.rules.entrustment import Declared, EndReason, Exclusion, PaperState
from jiedui.care.rules.guardianship import Ground, GuardState
from jiedui.children.rules import CloseReason
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.helpers.rules import HelpKind
from tests import people
from tests.builders import children, papers
from tests.client import Browser
from tests.people import Person
from tests.photos import photo

Device = Callable[[], Browser]
JPEG = photo()


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def whole_paper(number: int) -> dict[str, object]:
    """What is typed from a paper on which everything stands."""
    with db.read():
        one = queries.get_entrustment(number)
        heard = {f"heard_{child.id}": "agrees" for child in one.children}
    today = clock.today()
    return {
        "signed_on": today.isoformat(),
        "starts": today.isoformat(),
        "ends": (today + timedelta(days=300)).isoformat(),
        "signers": ["father", "carer"],
        "holder": "石例女",
        **{f"declared_{e.name}": "free" for e in Exclusion},
        **dict.fromkeys(("fit_health", "fit_home", "fit_bond", "fit_character"), "good"),
        **heard,
    }


def acts_of(person: Person) -> list[str]:
    """What somebody has done, as the record has it."""
    with db.read():
        mine = db.session.query(AuditEntry.act).where(AuditEntry.account_id == person.account_id)
        return [act for (act,) in mine]


def test_from_the_record_to_the_signed_paper(app: Flask, device: Device) -> None:
    """The draft is filled in, printed, signed; the child is entrusted, the file says so."""
    director = children.director()
    child = children.household_child(director)
    browser = signed_in(device, director)
    page = browser.get(f"/children/{child}/entrust")
    assert page.status_code == 200
    chosen = re.findall(r'name="(?:principal|carer)"[^>]* value="(\d+)"[^>]* checked', browser.text)
    assert len(chosen) == 2
    with db.read():
        father, grandmother = queries_home(child)
    answer = browser.send(
        f"/children/{child}/entrust",
        children=[str(child)], principal=str(father), second="0", carer=str(grandmother),
        reason="work away", services=["companionship", "tutoring"], money="800",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "委托照护（委托监护）协议书" in browser.words
    assert "至少每周联系和交流一次" in browser.words
    number = int(answer.request.path.rsplit("/", 1)[1])
    pdf = browser.press(f"/entrustments/{number}", f"/entrustments/{number}/print")
    assert pdf.mimetype == "application/pdf"
    done = browser.send(f"/entrustments/{number}/sign", **whole_paper(number))
    assert "已签订" in browser.words
    assert done.status_code == 200
    with db.read():
        now = queries.guardianship_of(child)
        assert now is not None
        assert (now.state, now.ground) == (GuardState.entrusted, Ground.agreement)
        may = queries.carer_may_consent(now.child.household_id, clock.today())
        assert may[child].kinds == {HelpKind.companionship, HelpKind.tutoring}
        assert may[child].carer_id == grandmother
    browser.get(f"/children/{child}")
    assert f"协议 W-{number:04d}" in browser.words
    assert f"委托照护协议 W-{number:04d}：已签订" in browser.words
    browser.english().get(f"/entrustments/{number}")
    assert "Agreement on entrusted care" in browser.words


def queries_home(child_id: int) -> tuple[int, int]:
    """Father and grandmother of a child's house."""
    said = papers.said(child_id)
    return said.principal_id, said.carer_id


def test_what_stands_on_the_pdf(app: Flask, device: Device, tmp_path: Path) -> None:
    """Parties, duties, the four declarations, blanks for what is not known."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here: what stands in the PDF is not looked at")
    director = children.director()
    child = children.household_child(director, name="示云霁")
    number = papers.drafted(child, director)
    browser = signed_in(device, director)
    answer = browser.get(f"/entrustments/{number}/agreement.pdf")
    path = tmp_path / "a.pdf"
    path.write_bytes(answer.data)
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    said = re.sub(r"\s+", "", run.stdout.decode())
    for words in (
        "委托照护（委托监护）协议书", f"W-{number:04d}", "示云霁", "示大山", "示奶奶",
        "至少每周联系和交流一次", "不让未满十六周岁的孩子脱离监护单独生活", "虐待、遗弃、拐卖",
        "吸毒、酗酒、赌博", "长期怠于履行", "其他不适宜", "24小时内告知", "村（居）委会见证人",
        "学校、幼儿园", "______年______月______日",
    ):  # fmt: skip
        assert words in said, words


def test_an_exclusion_or_a_missing_declaration_stops_it(app: Flask, device: Device) -> None:
    """The law's four exclusions are said beside their field; what was typed stays."""
    director = children.director()
    child = children.household_child(director)
    number = papers.drafted(child, director)
    browser = signed_in(device, director)
    for stands, words in (("found", "法律禁止把孩子委托给这个人"), ("", "必须在纸上作出这项声明")):
        typed = whole_paper(number) | {"declared_habits": stands, "holder": "钟阿婆保管"}
        answer = browser.send(f"/entrustments/{number}/sign", **typed)
        assert answer.status_code == 422
        assert words in browser.words
        assert "钟阿婆保管" in browser.text
    with db.read():
        assert queries.get_entrustment(number).state is PaperState.drafted
        assert queries.guardianship_of(child) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends": "2020-01-01"}, "结束日期早于开始日期"),
        ({"signers": ["carer"]}, "监护人和受委托照护人都要签名"),
        ({"fit_bond": "unfit"}, "不能把孩子委托给这个人"),
        ({"fit_bond": ""}, "委托前请先评估这一项"),
        ({"holder": ""}, "请写明协议由谁保管"),
        ({"signed_on": "2999-01-01"}, "这一天还没有到"),
    ],
)
def test_what_is_wrong_with_a_paper_is_said(
    app: Flask, device: Device, typed: dict[str, object], words: str
) -> None:
    director = children.director()
    child = children.household_child(director)
    number = papers.drafted(child, director)
    browser = signed_in(device, director)
    answer = browser.send(f"/entrustments/{number}/sign", **whole_paper(number) | typed)
    assert answer.status_code == 422
    assert words in browser.words, browser.words


def test_the_database_takes_no_excluded_carer(app: Flask) -> None:
    """Neither an open declaration, nor an end before the beginning, nor two in force."""
    director = children.director()
    child = children.household_child(director)
    first = papers.signed(child, director)
    second = papers.drafted(child, director)
    wrong = (
        f"UPDATE entrustment SET declared_harm = NULL WHERE id = {first}",
        f"UPDATE entrustment SET declared_habits = 'found' WHERE id = {first}",
        f"UPDATE entrustment SET fit_home = 'unfit' WHERE id = {first}",
        f"UPDATE entrustment SET ends = '2000-01-01' WHERE id = {first}",
        f"UPDATE entrustment SET state = 'signed' WHERE id = {second}",
        f"UPDATE entrustment SET carer_id = principal_id WHERE id = {second}",
        f"UPDATE entrusted_child SET living = true WHERE entrustment_id = {second}",
    )
    for statement in wrong:
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(text(statement))


def test_a_page_that_has_become_old_is_refused(app: Flask, device: Device) -> None:
    """Somebody else changed the draft meanwhile: both are shown, nothing is lost."""
    director = children.director()
    child = children.household_child(director)
    number = papers.drafted(child, director)
    browser = signed_in(device, director)
    browser.get(f"/entrustments/{number}/change")
    with db.write():
        one = queries.get_entrustment(number)
        said = papers.said(child, monthly_fen=50_000)
        papers.actions.change(one, said, by=director.actor())
    with db.read():
        father, grandmother = queries_home(child)
    answer = browser.send(
        f"/entrustments/{number}/change", fresh=False,
        children=[str(child)], principal=str(father), second="0", carer=str(grandmother),
        reason="work away", money="900",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "500" in browser.words
    assert 'value="900"' in browser.text


def test_a_newer_one_replaces_and_an_end_leads_to_an_act(app: Flask, device: Device) -> None:
    """One in force a child; when the carer has gone the child stands on the desk of village and
    township until somebody cares."""
    director = children.director()
    child = children.household_child(director)
    first, second = papers.signed(child, director), papers.signed(child, director)
    with db.read():
        assert queries.get_entrustment(first).state is PaperState.replaced
    browser = signed_in(device, director)
    browser.send(f"/entrustments/{second}/end", reason="carer unable", on=clock.today().isoformat())
    with db.read():
        assert queries.state_of(child) is GuardState.nobody
    for role, place in (
        (Role.child_director, people.VILLAGE),
        (Role.township_supervisor, people.TOWNSHIP),
    ):
        desk = signed_in(device, people.appoint(role, place))
        desk.get("/desk")
        assert "孩子无人监护" in desk.words
        assert f"/children/{child}/guardianship" in desk.text
    browser.send(
        f"/children/{child}/guardianship/change",
        what="parents|parents back", on=clock.today().isoformat(),
    )  # fmt: skip
    with db.read():
        assert queries.state_of(child) is GuardState.parents
    browser.get("/desk")
    assert "孩子无人监护" not in browser.words


def test_school_and_village_are_told(app: Flask, device: Device) -> None:
    director = children.director()
    number = papers.signed(children.household_child(director), director)
    browser = signed_in(device, director)
    for whom in ("school", "village"):
        day = clock.today().isoformat()
        browser.send(f"/entrustments/{number}/told", whom=whom, on=day, name="班主任")
    with db.read():
        one = queries.get_entrustment(number)
        assert one.told_school_on == one.told_village_on == clock.today()
        assert one.told_school == "班主任"


def test_a_scan_is_kept_sealed_and_given_back(app: Flask, device: Device) -> None:
    """By its first bytes, not its name; read on record; never a page of ours."""
    director = children.director()
    number = papers.signed(children.household_child(director), director)
    browser = signed_in(device, director)
    bad = browser.send(f"/entrustments/{number}/scan", file=(BytesIO(b"<html>"), "a.jpg"))
    assert bad.status_code == 422
    assert "只能是完整的照片" in browser.words
    assert browser.send(f"/entrustments/{number}/scan").status_code == 422
    browser.send(f"/entrustments/{number}/scan", file=(BytesIO(JPEG), "奶奶.exe"))
    found = re.search(r"/scans/(\d+)", browser.text)
    assert found is not None
    answer = browser.get(found.group(0))
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert {Act.upload_kept.value, Act.upload_read.value} <= set(acts_of(director))
    with db.read():
        raw = db.session.execute(text("SELECT content FROM entrustment_scan")).scalar_one()
        assert JPEG not in bytes(raw)
    far = signed_in(device, people.appoint(Role.child_director, people.FAR_VILLAGE))
    assert far.get(found.group(0)).status_code == 404


def test_it_runs_out_and_is_missing_again(app: Flask, device: Device) -> None:
    """60 days before it stands on the list, the day after its last it is missing."""
    director = children.director()
    child = children.household_child(director)
    soon = clock.today() + timedelta(days=30)
    number = papers.signed(child, director, ends=soon)
    browser = signed_in(device, director)
    browser.get("/entrustments?list=running-out")
    assert f"W-{number:04d}" in browser.words
    browser.get("/entrustments?list=missing")
    assert f"/children/{child}/guardianship" not in browser.text
    with clock.moved_to(clock.at(soon + timedelta(days=1), 1)):
        with db.read():
            county = queries.get_entrustment(number).county_id
        assert run_out(0, county) == {"ended": 1}
        assert run_out(0, county) == {"ended": 0}
        with db.read():
            assert queries.get_entrustment(number).state is PaperState.expired
            assert queries.count_lacking(director.actor()) == 1


def test_a_closed_file_is_on_no_agreement(app: Flask) -> None:
    """With its last child the agreement ends; a brother's stays."""
    director = children.director()
    child = children.household_child(director)
    brother = children.household_child(director, sibling_of=child)
    number = papers.signed(child, director, draft={"child_ids": (child, brother)})
    for closed, state in ((child, PaperState.signed), (brother, PaperState.ended)):
        with db.write():
            file = children.queries.get(closed)
            reason = CloseReason.moved_away
            children.actions.close_child(file, reason, by=director.actor())
        with db.read():
            assert queries.get_entrustment(number).state is state
            assert queries.entrustment_of(closed, clock.today()) is None
    with db.read():
        assert queries.get_entrustment(number).end_reason is EndReason.files_closed


def test_the_festival_prints_a_village_at_once(app: Flask, device: Device) -> None:
    """Prepared with one button, printed as one PDF; who does not come home is left out."""
    director = children.director()
    kids = [children.household_child(director) for _ in range(3)]
    browser = signed_in(device, director)
    day = clock.today().isoformat()
    with db.read():
        father = queries_home(kids[2])[0]
        village = children.queries.get(kids[0]).village_id
    browser.send(
        f"/children/{kids[2]}/talk", guardian=str(father), on=day, how="telephone",
        option="entrusts", festival="no",
    )  # fmt: skip
    browser.get("/entrustments/festival")
    assert "2 户" in browser.words
    where = f"/villages/{village}/festival"
    browser.press(where, f"{where}/prepare")
    assert "2 份协议已准备好" in browser.words
    answer = browser.get(f"/villages/{village}/agreements.pdf")
    assert answer.mimetype == "application/pdf"
    assert acts_of(director).count(Act.entrustment_read.value) == 2
    browser.get("/entrustments?list=unsigned")
    assert browser.words.count("已打印，待签") == 2


def test_a_talk_and_a_change_are_kept(app: Flask, device: Device) -> None:
    """The village cannot say what civil affairs decides; the township can; nobody goes back."""
    director = children.director()
    child = children.household_child(director)
    browser = signed_in(device, director)
    with db.read():
        father = queries_home(child)[0]
    day = clock.today().isoformat()
    browser.send(f"/children/{child}/talk", guardian=str(father), on=day, how="in person",
                 option="one stays", note="说好腊月回来")  # fmt: skip
    assert "父母一方留下" in browser.words
    assert "说好腊月回来" in browser.words
    change = f"/children/{child}/guardianship/change"
    refused = browser.send(change, what="temporary|missing", on=day)
    assert refused.status_code == 422
    township = signed_in(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    township.send(change, what="temporary|missing", on=day)
    assert "临时监护" in township.words
    assert township.send(change, what="nobody|nobody able", on=day).status_code == 422
    office = people.appoint(Role.coordinator, people.COUNTY, office=Office.civil_affairs)
    civil = signed_in(device, office)
    civil.send(change, what="long term|revoked", on=day)
    assert "长期监护" in civil.words
    assert "说好腊月回来" not in civil.words
    with db.read():
        states = [move.new for move in queries.moves_of(child)]
        assert states == [GuardState.long_term, GuardState.temporary]


def test_nothing_wrong_becomes_of_an_end(app: Flask) -> None:
    """A draft that is given up changes nobody's guardianship."""
    director = children.director()
    child = children.household_child(director)
    number = papers.drafted(child, director)
    with db.write():
        one = queries.get_entrustment(number)
        after_signing.end(one, EndReason.not_needed, clock.today(), by=director.actor())
    with db.read():
        assert queries.state_of(child) is GuardState.unknown
        assert Declared.free not in {one.declared_harm, one.declared_habits}
