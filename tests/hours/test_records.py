"""Records of service: exact sums, a PDF with rare characters, and the check by anybody."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from jiedui.core import crypto, db
from jiedui.core.errors import Refusal
from jiedui.helpers import queries as helpers
from jiedui.hours import actions, certificate, queries
from jiedui.hours.rules import HoursRefusal, RecordState, number_from, tidy_number
from tests.builders.helpers import cleared_volunteer
from tests.builders.hours import evening_after, logged, serving, verified
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def newest(helper_id: int) -> str:
    """The number of a helper's newest record."""
    with db.read():
        return queries.certificates_of(helper_id)[0].number


def test_from_the_button_to_the_public_check(app: Flask, device: Device) -> None:
    """Issue, read the paper, take the PDF; anybody checks it and sees no full name."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        logged(pair, day, "15:00", "15:50")
        browser = signed_in(device, pair.helper)
        browser.send(f"/helpers/{pair.helper_id}/records", starts=f"{day:%Y}-01-01",
                     ends=day.isoformat())  # fmt: skip
        assert "证明已开出" in browser.words
        assert "平台服务记录" in browser.words
        assert "名单核实时长 1 小时 30 分" in browser.words
        assert "自行填报，待核实 50 分" in browser.words
        assert 'class="qr"' in browser.text
        pdf = re.search(r'href="(/hours/records/\d+/record\.pdf)"', browser.text)
        assert pdf is not None
        answer = browser.get(pdf.group(1))
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
        number = newest(pair.helper_id)
        anybody = device()
        anybody.send("/check", number=number.replace("-", "").lower())
        assert "这份证明有效" in anybody.words
        assert "1 小时 30 分" in anybody.words
        assert "贾＊＊" in anybody.words
        assert "贾志愿" not in anybody.text


def test_a_number_that_is_none_is_said_beside_the_field(app: Flask, device: Device) -> None:
    """Too short; well formed but unknown; as an address."""
    anybody = device()
    answer = anybody.send("/check", number="JD-12")
    assert answer.status_code == 422
    assert "16 位字母和数字" in anybody.words
    assert 'value="JD-12"' in anybody.text
    unknown = number_from(bytes(10))
    assert anybody.send("/check", number=unknown).status_code == 404
    assert "没有这个编号的证明" in anybody.words
    assert anybody.get("/check/nonsense").status_code == 404


def test_a_revoked_record_says_so(app: Flask, device: Device) -> None:
    """Only an office revokes, after a page that asks."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        with db.write():
            issued = actions.issue_certificate(
                queries.get(1).helper, day, day, by=pair.helper.actor()
            )
            db.session.flush()
            path, number = f"/hours/records/{issued.id}/revoke", issued.number
        assert signed_in(device, pair.helper).get(path).status_code in (403, 404)
        officer = signed_in(device, pair.officer)
        officer.get(path)
        assert "要作废这份证明吗？" in officer.words
        officer.send(path)
        assert "证明已作废" in officer.words
        anybody = device()
        anybody.get(f"/check/{number}")
        assert "这份证明已作废" in anybody.words


def test_a_period_without_service_is_refused(app: Flask, device: Device) -> None:
    """The reason stands beside the first day, the period is kept."""
    person, helper_id = cleared_volunteer()
    browser = signed_in(device, person)
    path = f"/helpers/{helper_id}/records"
    answer = browser.send(path, starts="2026-01-01", ends="2026-01-02")
    assert answer.status_code == 422
    assert "这段时间没有可以写进证明的志愿服务" in browser.words
    browser.send(path, starts="2026-01-02", ends="2026-01-01")
    assert "结束日期早于开始日期" in browser.words
    assert 'value="2026-01-02"' in browser.text


@pytest.mark.parametrize("name", ["䶮", "㛃", "𠮷", "王䶮㛃𠮷"])
def test_a_rare_name_is_printed_with_its_own_glyphs(app: Flask, name: str) -> None:
    """Each character is in one of the embedded fonts, the right one by its code point."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        with app.test_request_context(), db.write():
            helper = queries.get(1).helper
            helper.name = name
            issued = actions.issue_certificate(helper, day, day, by=pair.helper.actor())
            db.session.flush()
            paper = certificate.pdf(issued)
            assert b"/FontFile" in paper
            helper.name = "贾\U0003134a\uf8ff"
            with pytest.raises(Refusal) as refused:
                certificate.pdf(issued)
            assert refused.value.code is HoursRefusal.unprintable


def test_a_typed_number_is_read_as_it_was_meant() -> None:
    """Small letters, blanks, full width, O for 0 and I for 1."""
    number = number_from(bytes([1, 0, 32, 5, 255, 3, 9, 77, 4, 18]))
    assert tidy_number(number) == number
    assert tidy_number(number.lower().replace("-", " ").replace("0", "o").replace("1", "i")) == (
        number
    )
    assert tidy_number(number[:-1]) is None


def record_of(pair: Pair, day: date) -> int:
    """The id of a record of that day, issued by the helper (opens its own write)."""
    with db.write():
        helper = helpers.get(pair.helper_id)
        new = actions.issue_certificate(helper, day, day, by=pair.helper.actor())
        db.session.flush()
        return new.id


CHECKER = Path(__file__).parents[2] / "deploy" / "check_record.py"


def checked(folder: Path, record: bytes, keys: bytes) -> subprocess.CompletedProcess[str]:
    """What the program says that needs no portal."""
    (folder / "record.json").write_bytes(record)
    (folder / "keys.json").write_bytes(keys)
    command = [sys.executable, str(CHECKER), "record.json", "keys.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def test_a_record_is_checked_without_the_portal(app: Flask, device: Device, tmp_path: Path) -> None:
    """By its signed file and the published keys alone: right as issued, wrong with one minute
    more, another name, or somebody else's key; right also after the key ring was turned. Made to
    fail: a document that is not what was signed; keys that go with the ring."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        number = record_of(pair, day)
        browser = signed_in(device, pair.helper)
        record = browser.get(f"/hours/records/{number}/record.json").data
        keys = device().get("/check/keys").data
        good = checked(tmp_path, record, keys)
        assert good.returncode == 0, good.stdout + good.stderr
        assert "贾志愿" in good.stdout
        assert '"listed": 90' in good.stdout
        for old, new in (("90", "91"), ("贾志愿", "贾自愿"), ("platform_record", "certificate")):
            forged = record.decode().replace(old, new).encode()
            assert forged != record
            assert checked(tmp_path, forged, keys).returncode == 1
        ours = crypto.ring()
        try:
            crypto.use(crypto.rotated(ours))
            later = record_of(pair, day)
            fresh = browser.get(f"/hours/records/{later}/record.json").data
            both = device().get("/check/keys").data
            assert len(json.loads(both)["keys"]) == 2
            assert checked(tmp_path, fresh, both).returncode == 0
            assert checked(tmp_path, record, both).returncode == 0
            assert checked(tmp_path, fresh, keys).returncode == 1
        finally:
            crypto.use(ours)


def test_a_record_issued_anew_takes_the_place_of_the_old(app: Flask, device: Device) -> None:
    """The old number leads to the new one; it cannot be replaced twice."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        number = record_of(pair, day)
        logged(pair, day, "14:00", "15:00")
        browser = signed_in(device, pair.helper)
        browser.send(f"/hours/records/{number}/reissue")
        with db.read():
            new, old = queries.certificates_of(pair.helper_id)
            assert (old.id, old.stands, new.stands) == (
                number, RecordState.replaced, RecordState.valid,
            )  # fmt: skip
            assert (new.minutes("declared"), old.minutes("declared")) == (60, 0)
            path, later = f"/check/{old.number}", new.number
        anybody = device()
        anybody.get(path)
        assert "这份证明已由新证明代替" in anybody.words
        assert later in anybody.words
        with db.write():
            old = queries.get_certificate(number)
            with pytest.raises(Refusal) as twice:
                actions.reissue_certificate(old, by=pair.helper.actor())
        assert twice.value.code is HoursRefusal.replaced_already


def test_a_record_is_a_picture_too(app: Flask, device: Device) -> None:
    """A PNG as wide as a phone, with the rare character drawn by its own font."""
    pair = serving()
    with evening_after() as day:
        verified(pair, day)
        number = record_of(pair, day)
        answer = signed_in(device, pair.helper).get(f"/hours/records/{number}/record.png")
        assert answer.mimetype == "image/png"
        plain = Image.open(io.BytesIO(answer.data))
        assert plain.width == 1080
        assert plain.height > 1200
        with db.write():
            helpers.get(pair.helper_id).name = "贾䶮㛃"
        rare = signed_in(device, pair.helper).get(f"/hours/records/{number}/record.png")
        assert rare.data != answer.data
