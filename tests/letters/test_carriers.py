"""The ways out, against a real mail server and a real gateway on this machine.

Seen to fail: _told() that tries a refused address again; a Webhook whose opener follows; filled()
done twice; a server without STARTTLS that is spoken to all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiedui.core.carriers import Posted
from jiedui.core.carriers.mail import Mail
from jiedui.core.carriers.ways import NotCarried, Why
from jiedui.core.carriers.webhook import Webhook, filled, read_template
from jiedui.settings import BadSettings, Hook, Security
from tests.letters import gateway as gateways
from tests.letters import post_office as offices
from tests.letters.conftest import outward
from tests.letters.gateway import Gateway
from tests.letters.post_office import PostOffice

TEXT = "有一份报告等您。\n请登录查看：/letters/5"
LETTER = Posted("xiao@village.example", "结对平台：有一份报告", TEXT, "abc123")


def test_a_letter_arrives_as_a_mail_program_reads_it(office: PostOffice) -> None:
    Mail(outward(office)).carry(LETTER)
    (received,) = office.received
    assert (received.sender, received.to) == ("jiedui@county.example", ["xiao@village.example"])
    message = received.read()
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "jiedui@county.example"
    assert message["To"] == "xiao@village.example"
    assert message["Message-ID"] == "<abc123@county.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.tzinfo is not None
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().replace("\r\n", "\n").strip() == LETTER.text
    assert received.raw.isascii(), "a server without 8BITMIME passes it on unchanged"
    assert all(len(line) <= 998 for line in received.raw.splitlines())


def test_the_machine_does_not_tell_its_own_name(office: PostOffice) -> None:
    Mail(outward(office)).carry(LETTER)
    assert office.greeted == ["ehlo county.example"]


def test_it_signs_in_with_the_password_of_the_settings(office: PostOffice) -> None:
    office.password = "open sesame"
    known = {"smtp_user": "jiedui", "smtp_password": "open sesame"}
    Mail(outward(office, **known)).carry(LETTER)
    assert len(office.received) == 1
    with pytest.raises(NotCarried) as failed:
        Mail(outward(office, **known | {"smtp_password": "wrong"})).carry(LETTER)
    assert (failed.value.why, failed.value.again) == (Why.sign_in, True)


@pytest.mark.parametrize(
    ("says", "why", "again"),
    [
        ({"RCPT": "550 no such user xiao"}, Why.refused, False),
        ({"RCPT": "450 greylisted, come back"}, Why.busy, True),
        ({"MAIL": "451 not now"}, Why.busy, True),
        ({"MAIL": "550 not from you"}, Why.refused, False),
        ({"DATA": "452 no room"}, Why.busy, True),
        ({"END": "554 looks like spam"}, Why.refused, False),
        ({"END": "421 closing"}, Why.busy, True),
        ({"HANG": "DATA"}, Why.unreachable, True),
        ({"HANG": "EHLO"}, Why.unreachable, True),
    ],
)
def test_what_an_answer_of_the_server_means(
    office: PostOffice, says: dict[str, str], why: Why, again: bool
) -> None:
    """4yz may be another one later, 5yz may not; the server's words, which may name the person, are
    kept nowhere."""
    office.says = says
    with pytest.raises(NotCarried) as failed:
        Mail(outward(office)).carry(LETTER)
    assert (failed.value.why, failed.value.again) == (why, again)
    assert "xiao" not in str(failed.value)
    assert office.received == []


def test_a_server_that_is_down(office: PostOffice) -> None:
    closed = PostOffice(port=office.port)
    with offices.opened(PostOffice()) as other:
        closed.port = other.port
    with pytest.raises(NotCarried) as failed:
        Mail(outward(closed)).carry(LETTER)
    assert (failed.value.why, failed.value.again) == (Why.unreachable, True)


def test_no_letter_goes_in_clear_where_tls_is_asked_for(office: PostOffice) -> None:
    """Somebody on the line who takes the offer of STARTTLS away gets nothing."""
    with pytest.raises(NotCarried) as failed:
        Mail(outward(office, smtp_security=Security.starttls)).carry(LETTER)
    assert failed.value.again
    assert office.received == []


def test_a_post_to_the_gateway_is_what_its_template_says(gateway: Gateway) -> None:
    letter = Posted("13900000001", "题", '有{to}新"消息"', "r1")
    Webhook(Hook(gateway.url, "plain", "token-of-the-county")).carry(letter)
    Webhook(Hook(gateway.url, "wecom-group")).carry(letter)
    Webhook(Hook(gateway.url, "wecom-person")).carry(letter)
    paths, headers, bodies = zip(*gateway.came, strict=True)
    assert set(paths) == {"/send?key=secret"}
    assert headers[0]["Authorization"] == "Bearer token-of-the-county"
    assert "Authorization" not in headers[1]
    assert bodies[0] == {"phone": "13900000001", "content": '有{to}新"消息"', "reference": "r1"}
    assert bodies[1]["text"]["mentioned_mobile_list"] == ["13900000001"]
    assert bodies[2]["mobile"] == "13900000001"


@pytest.mark.parametrize(
    ("status", "body", "why", "again"),
    [
        (200, {"errcode": 45009}, Why.answer, True),
        (200, b"<html>not json", Why.answer, True),
        (200, [], Why.answer, True),
        (404, {}, Why.refused, False),
        (400, {}, Why.refused, False),
        (401, {}, Why.sign_in, True),
        (429, {}, Why.busy, True),
        (500, {}, Why.busy, True),
        (503, {}, Why.busy, True),
    ],
)
def test_what_an_answer_of_the_gateway_means(
    gateway: Gateway, status: int, body: object, why: Why, again: bool
) -> None:
    gateway.status, gateway.body = status, body
    with pytest.raises(NotCarried) as failed:
        Webhook(Hook(gateway.url, "wecom-group")).carry(LETTER)
    assert (failed.value.why, failed.value.again) == (why, again)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_elsewhere(gateway: Gateway, status: int) -> None:
    """A number and a letter do not go to whoever an answer names."""
    with gateways.opened(Gateway()) as stranger:
        gateway.status, gateway.headers = status, {"Location": stranger.url}
        with pytest.raises(NotCarried) as failed:
            Webhook(Hook(gateway.url, "plain")).carry(LETTER)
        assert (failed.value.why, failed.value.again) == (Why.redirected, False)
        assert stranger.came == []


def test_a_countys_own_template(gateway: Gateway, tmp_path: Path) -> None:
    """Data, not code: another body, another header, another sign that all went well."""
    said = {
        "body": {"to": ["{to}"], "n": 3, "deep": {"t": "{subject}: {text} {nothing}"}},
        "headers": {"X-App": "county"},
        "good": {"code": "OK"},
    }
    path = tmp_path / "sms.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    gateway.body = {"code": "OK"}
    Webhook(Hook(gateway.url, str(path))).carry(LETTER)
    _path, headers, body = gateway.came[0]
    assert headers["X-App"] == "county"
    assert body["deep"]["t"] == f"{LETTER.subject}: {LETTER.text} {{nothing}}"
    assert body["n"] == 3


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    """A text that looks like a place stays a text."""
    assert filled("{text}", Posted("1", "s", "{to}", "r")) == "{to}"


@pytest.mark.parametrize("text", ["no json", "[]", '{"good": {}}', '{"body": "x"}'])
def test_a_template_that_is_none_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sms.json"
    path.write_text(text, encoding="utf-8")
    for name in (str(path), str(tmp_path / "missing.json"), "nosuch"):
        with pytest.raises(BadSettings):
            read_template(name)
