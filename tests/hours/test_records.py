"""Records of service: exact sums, a PDF with rare characters, and the check by anybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.hours import actions, certificate, queries
from jiedui.hours.rules import HoursRefusal, number_from, tidy_number
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
