"""A photo or a minute of voice with a report: kept with it, left out where it cannot be kept, never
in the way of the words.

Seen to fail: a film that is larger than other forms bear (the door without most_bytes), a photo
that says by which device it was taken (taken without _drawn_anew), what came with one's own report
(file_for without get_for)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.core import db, jobs, spool
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.protection.actions.attaching import attached
from jiedui.protection.models import Report, ReportFile
from jiedui.protection.queries import files_of
from jiedui.protection.rules.files import MOST, VOICE_MOST, FileKind, sounds_like
from tests import people
from tests.client import Browser
from tests.photos import DEVICE, photo
from tests.protection.test_busy import filled, locked

Device = Callable[[], Browser]
VOICE = b"\x00\x00\x00\x18ftypM4A " + b"v" * 2000


def sent(device: Browser, **fields: object) -> str:
    """What the page says after a report with files."""
    device.get("/report")
    form = {**device._hidden("/report"), **fields}
    got = device.http.post("/report", data=form, content_type="multipart/form-data")
    return got.get_data(as_text=True)


def kept() -> list[tuple[FileKind, bytes]]:
    """Every file of a report, with its content."""
    with db.read() as session:
        rows = session.scalars(select(ReportFile).order_by(ReportFile.id))
        return [(one.kind, one.content) for one in rows]


def test_a_voice_alone_is_a_report(either_app: Flask) -> None:
    """Who cannot write is heard; the reader plays it, and that is on record."""
    officer = people.appoint(Role.duty_officer)
    page = sent(Browser(either_app), voice=(BytesIO(VOICE), "录音.m4a"))
    assert "已收到" in page
    assert kept() == [(FileKind.mp4, VOICE)]
    reader = Browser(either_app)
    reader.sign_in(officer.phone)
    with db.read() as session:
        number = session.scalars(select(ReportFile.id)).one()
        report = session.scalars(select(Report.id)).one()
    assert "<audio" in reader.get(f"/reports/{report}").text
    got = reader.get(f"/reports/files/{number}")
    assert got.get_data() == VOICE
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with db.read() as session:
        assert Act.report_file_read in set(session.scalars(select(AuditEntry.act)))


def test_a_photo_says_no_more_than_it_shows(app: Flask) -> None:
    people.appoint(Role.duty_officer)
    sent(Browser(app), what="看照片", photo=(BytesIO(photo()), "IMG_0001.jpg"))
    ((kind, content),) = kept()
    assert kind is FileKind.jpeg
    assert DEVICE.encode() not in content


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90 no photo", b"#!AMR" + b"x" * VOICE_MOST, photo()[:80], b"%PDF-1.4 %%EOF"],
    ids=["a program", "an hour of voice", "cut off", "a paper"],
)
def test_what_cannot_be_kept_takes_nothing_along(app: Flask, content: bytes) -> None:
    """The words come in, and the page says that the file did not."""
    people.appoint(Role.duty_officer)
    page = sent(Browser(app), what="孩子在哭", voice=(BytesIO(content), "a.bin"))
    assert "有 1 个文件没能保存" in page
    assert kept() == []
    with db.read() as session:
        assert session.scalars(select(Report)).one().what == "孩子在哭"


def test_more_than_other_forms_bear_is_still_a_report(app: Flask) -> None:
    """Thirty megabytes of film, where other forms end at twenty."""
    people.appoint(Role.duty_officer)
    page = sent(Browser(app), what="孩子在哭", voice=(BytesIO(b"x" * 30_000_000), "film.mov"))
    assert "有 1 个文件没能保存" in page
    with db.read() as session:
        assert session.scalars(select(Report)).one().what == "孩子在哭"


def test_while_the_database_is_busy_the_voice_waits_with_the_words(either_app: Flask) -> None:
    people.appoint(Role.duty_officer)
    stranger = Browser(either_app)
    form = filled(stranger) | {"voice": (BytesIO(VOICE), "录音.m4a")}
    with locked(either_app):
        got = stranger.http.post("/report", data=form, content_type="multipart/form-data")
    page = got.get_data(as_text=True)
    assert "已收到" in page
    folder = Path(either_app.config["SETTINGS"].var) / spool.FOLDER
    (aside,) = spool.waiting(folder=folder)
    assert b"ftyp" not in aside.read_bytes()
    jobs.sweep()
    assert kept() == [(FileKind.mp4, VOICE)]


@given(st.lists(st.sampled_from([VOICE, b"", b"nothing", photo()]), max_size=7))
def test_at_most_so_many_and_nothing_unknown(files: list[bytes]) -> None:
    """Whatever is sent: what is kept can be told, and the rest is counted."""
    found, left_out = attached(files)
    there = [one for one in files if one]
    assert len(found) + left_out == len(there)
    assert len(found) == sum(one != b"nothing" for one in there[:MOST])
    assert all(FileKind(kind) for kind, _ in found)


def test_no_text_sounds_like_a_voice() -> None:
    assert sounds_like("我要报告".encode()) is None


def test_nobody_else_hears_it(app: Flask, device: Device) -> None:
    """A coordinator of the Youth League has no business with it."""
    people.appoint(Role.duty_officer)
    sent(device(), voice=(BytesIO(VOICE), "录音.m4a"))
    league = device()
    league.sign_in(people.appoint(Role.leader).phone)
    with db.read() as session:
        (one,) = files_of(session.scalars(select(Report.id)).one())
        number = one.id
    assert league.get(f"/reports/files/{number}").status_code == 404


def test_who_reported_does_not_deal_with_it(app: Flask, device: Device) -> None:
    """A duty officer's own report: neither it nor what came with it opens to them as to others."""
    mine, other = people.appoint(Role.duty_officer), people.appoint(Role.duty_officer)
    reporter, reader = device(), device()
    reporter.sign_in(mine.phone)
    reader.sign_in(other.phone)
    sent(reporter, what="邻居的孩子", voice=(BytesIO(VOICE), "录音.m4a"))
    with db.read() as session:
        number = session.scalars(select(ReportFile.id)).one()
    assert reporter.get(f"/reports/files/{number}").status_code == 404
    assert reader.get(f"/reports/files/{number}").status_code == 200
