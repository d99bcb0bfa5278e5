"""What the installation is told of the ways out, and that as it comes there is none.

Seen to fail: configure() that keeps the ways of before, a password that stands in repr()."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jiedui.core import carriers
from jiedui.core.carriers import NotCarried, Posted, Way, Why
from jiedui.settings import BadSettings, Mode, Outward, Settings, from_environment

SAID = {
    "JIEDUI_SMTP_HOST": "mail.test",
    "JIEDUI_SMTP_PORT": "465",
    "JIEDUI_SMTP_SECURITY": "ssl",
    "JIEDUI_SMTP_USER": "jiedui",
    "JIEDUI_MAIL_FROM": "jiedui@county.test",
    "JIEDUI_SMS_URL": "https://sms.test/send?key=open-sesame",
    "JIEDUI_SMS_BODY": "plain",
    "JIEDUI_WECOM_URL": "https://wecom.test/robot?key=open-sesame",
    "JIEDUI_WECOM_BODY": "wecom-group",
}


def told(folder: Path, **over: str) -> Settings:
    """Settings from an environment that says all of it, with secrets in files."""
    env = {"JIEDUI_VAR": str(folder), "JIEDUI_MODE": "test", **SAID}
    for name in ("JIEDUI_SMTP_PASSWORD_FILE", "JIEDUI_SMS_TOKEN_FILE"):
        path = folder / name.lower()
        path.write_text("open-sesame\n", encoding="utf-8")
        env[name] = str(path)
    return from_environment(env | over)


def test_as_it_comes_nothing_leaves(tmp_path: Path) -> None:
    settings = from_environment({"JIEDUI_VAR": str(tmp_path), "JIEDUI_MODE": "test"})
    assert settings.outward == Outward()
    carriers.configure(told(tmp_path))
    carriers.configure(settings)
    assert carriers.ways() == {}
    with pytest.raises(NotCarried) as failed:
        carriers.carry(Way.email, Posted("a@b.cn", "", "", ""))
    assert (failed.value.why, failed.value.again) == (Why.not_configured, True)


def test_each_way_is_told_of_by_itself(tmp_path: Path) -> None:
    settings = told(tmp_path)
    carriers.configure(settings)
    assert set(carriers.ways()) == {Way.email, Way.sms, Way.wecom}
    carriers.configure(replace(settings, outward=replace(settings.outward, smtp_host="")))
    assert set(carriers.ways()) == {Way.sms, Way.wecom}
    carriers.configure(replace(settings, outward=Outward()))


def test_secrets_stand_in_files_and_are_not_shown(tmp_path: Path) -> None:
    outward = told(tmp_path).outward
    assert (outward.smtp_password, outward.sms.token) == ("open-sesame", "open-sesame")
    assert "open-sesame" not in repr(outward)


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"JIEDUI_MAIL_FROM": ""}, "JIEDUI_MAIL_FROM"),
        ({"JIEDUI_SMTP_SECURITY": "tls"}, "JIEDUI_SMTP_SECURITY"),
        ({"JIEDUI_SMTP_PORT": "0"}, "JIEDUI_SMTP_PORT"),
        ({"JIEDUI_SMTP_PASSWORD_FILE": "/nowhere/password"}, "JIEDUI_SMTP_PASSWORD_FILE"),
        ({"JIEDUI_SMS_URL": "file:///etc/passwd"}, "JIEDUI_SMS_URL"),
        ({"JIEDUI_WECOM_BODY": ""}, "JIEDUI_WECOM_BODY"),
    ],
)
def test_what_is_wrong_stops_the_start(tmp_path: Path, over: dict[str, str], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        told(tmp_path, **over)


def test_in_the_demo_every_way_leads_nowhere(tmp_path: Path) -> None:
    """Its people have no mailbox: whatever address, nothing is opened."""
    demo = Settings(mode=Mode.demo, var=tmp_path)
    carriers.configure(demo)
    assert set(carriers.ways()) == {Way.email, Way.sms, Way.wecom}
    carriers.carry(Way.email, Posted("a@127.0.0.1", "", "", ""))
    carriers.configure(replace(demo, mode=Mode.test))
    assert carriers.ways() == {}
