"""The pages of hours as a volunteer and a child director see them, in Chinese by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.core import clock, db
from jiedui.hours import queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import DisputeReason, EntryState, Evidence
from jiedui.pairings.queries import life
from tests.builders.helpers import cleared_volunteer
from tests.builders.hours import evening_after, logged, serving, verified
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def read(number: int) -> ServiceSession:
    """A session as it stands (in a transaction of its own)."""
    with db.read():
        found = queries.get(number)
        db.session.expunge(found)
        return found


def test_a_volunteer_logs_a_session_and_a_director_verifies_it(app: Flask, device: Device) -> None:
    """From the filled-in form to the sums in separate columns."""
    pair = serving()
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        browser.get("/hours")
        assert "我的时长" in browser.words
        assert "下一次服务" in browser.words
        on = (day - timedelta(days=1)).isoformat()
        browser.send(f"/hours/pairings/{pair.id}/new", on=on, starts="0900", ends="10：30",
                     kind="meeting", book="voluntary", note="读绘本")  # fmt: skip
        assert "已记下 1 小时 30 分，等每周核对时核实。" in browser.words
        assert "自行填报，待核实" in browser.words
        logged(pair, day, "09:00", "10:00")
        director = signed_in(device, pair.director)
        director.get("/hours/weekly")
        assert "有 2 次服务待核实" in director.words
        with db.read():
            first = queries.unverified(pair.director.actor())[0]
            tick = f"{first.id}-{first.version}"
        director.send("/hours/weekly", sessions=[tick])
        assert "已核实 1 次。" in director.words
        browser.get("/hours")
        assert "名单核实 1 小时 30 分 1 次" in browser.words
        assert "自行填报，待核实 1 小时 1 次" in browser.words


def test_what_cannot_be_true_is_said_beside_the_field(app: Flask, device: Device) -> None:
    """The end before the beginning, the future, an overlap, a time that is none; input is kept."""
    pair = serving()
    with evening_after() as day:
        logged(pair, day, "09:00", "10:30")
        browser = signed_in(device, pair.helper)
        path = f"/hours/pairings/{pair.id}/new"
        usual = {"on": day.isoformat(), "kind": "meeting", "book": "voluntary"}
        for starts, ends, words in (
            ("11:00", "10:00", "结束时间要晚于开始时间"),
            ("22:00", "23:00", "这个时间还没到"),
            ("10:00", "11:00", "时间重叠"),
            ("五点", "11:00", "请写成 16:30 这样的时间"),
        ):
            answer = browser.send(path, starts=starts, ends=ends, note="读绘本", **usual)
            assert answer.status_code == 422
            assert words in browser.words
            assert "读绘本" in browser.text
        before = (clock.today() - timedelta(days=5)).isoformat()
        browser.send(path, starts="09:00", ends="10:00", **{**usual, "on": before})
        assert "这一天在首次见面之前" in browser.words


def test_names_in_a_note_are_told_of_before_it_is_kept(app: Flask, device: Device) -> None:
    """What is in it is said, the words stay, and who has a reason ticks that they stand. Made to
    catch: a family that is not known to the form (know left out), a tick that is not read."""
    pair = serving()
    with db.read():
        name = life.get(pair.id).need.children[0].name
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        path = f"/hours/pairings/{pair.id}/new"
        usual = {"on": day.isoformat(), "kind": "meeting", "book": "voluntary",
                 "starts": "09:00", "ends": "10:00"}  # fmt: skip
        note = f"和{name}读书，她的电话13800138000"
        assert browser.send(path, note=note, **usual).status_code == 422
        assert "这里好像写了手机号码和孩子或家人的姓名，其他人会看到" in browser.words
        assert note in browser.text
        assert 'name="note-anyway"' in browser.text
        again = {"note": note, "note-anyway": "1", **usual}
        assert browser.send(path, fresh=False, **again).status_code == 200
    with db.read():
        assert [one.note for one in queries.of_pairing(pair.id)] == [note]


def test_a_dispute_comes_back_and_is_corrected(app: Flask, device: Device) -> None:
    """The director says why, the volunteer corrects, and the new entry waits anew."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        director = signed_in(device, pair.director)
        answer = director.send(f"/hours/sessions/{number}/dispute")
        assert answer.status_code == 422
        assert "请选一个" in director.words
        director.send(f"/hours/sessions/{number}/dispute", reason="times_differ")
        assert "已标记。" in director.words
        assert read(number).dispute_reason is DisputeReason.times_differ
        browser = signed_in(device, pair.helper)
        browser.get("/hours")
        assert "有 1 次记录对不上" in browser.words
        assert "日期或时间不对" in browser.words
        browser.send(f"/hours/sessions/{number}/correct", on=day.isoformat(), starts="09:30",
                     ends="10:30", kind="meeting", book="voluntary")  # fmt: skip
        assert "已记下 1 小时" in browser.words
        assert read(number).state is EntryState.reversed
        director.get("/hours/weekly")
        assert "有 1 次服务待核实" in director.words


def test_a_session_is_taken_back_only_after_asking(app: Flask, device: Device) -> None:
    """A page asks; the row stays and counts no more."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        browser = signed_in(device, pair.helper)
        browser.get(f"/hours/sessions/{number}/take-back")
        assert "要撤回这次服务吗？" in browser.words
        assert read(number).evidence is Evidence.declared
        browser.send(f"/hours/sessions/{number}/take-back")
        assert "不再计入时长" in browser.words
        assert read(number).state is EntryState.reversed


def test_a_stale_tick_verifies_nothing(app: Flask, device: Device) -> None:
    """What changed after the page was made is left out and said; nothing ticked is a fault."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        director = signed_in(device, pair.director)
        director.send("/hours/weekly", sessions=[f"{number}-99"])
        assert "有 1 次刚被改动" in director.words
        assert read(number).evidence is Evidence.declared
        answer = director.send("/hours/weekly")
        assert answer.status_code == 422
        assert "还没有勾选" in director.words
        director.get("/hours/weekly?all=1")
        assert "checked" in director.text


def test_others_see_nothing_of_a_session(app: Flask, device: Device) -> None:
    """Another volunteer is told that there is no such page; a helper verifies nothing."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        stranger = signed_in(device, cleared_volunteer()[0])
        for path in (
            f"/hours/sessions/{number}/correct",
            f"/hours/pairings/{pair.id}/new",
            f"/hours/pairings/{pair.id}",
            f"/helpers/{pair.helper_id}/records",
        ):
            assert stranger.get(path).status_code == 404
        assert signed_in(device, pair.helper).get("/hours/weekly").status_code in (403, 404)


def test_the_sessions_of_a_pairing_can_be_read_by_its_office(app: Flask, device: Device) -> None:
    """The officer who is responsible sees how often and how long."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        officer = signed_in(device, pair.officer)
        officer.get(f"/hours/pairings/{pair.id}")
        assert "1 小时 30 分" in officer.words
        assert "名单核实" in officer.words


def test_the_pages_are_complete_in_english(app: Flask, device: Device) -> None:
    """The other language of the same pages."""
    pair = serving()
    with evening_after() as day:
        logged(pair, day)
        browser = signed_in(device, pair.helper).english()
        browser.get("/hours")
        assert "Next session" in browser.words
        assert "Declared, not verified yet" in browser.words
