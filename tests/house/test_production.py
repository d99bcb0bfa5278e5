"""What production refuses to start with, one weakness at a time.

Seen to fail: each line of settings._check_production taken out in turn, and a demo that loads.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from jiedui.core import crypto
from jiedui.factory import showing
from jiedui.settings import (
    ARGON2_FLOOR_KIB,
    BadSettings,
    Hook,
    Mode,
    Outward,
    Security,
    Settings,
    check,
)

Change = Callable[[Path], dict[str, object]]


@pytest.fixture
def sound(tmp_path: Path) -> Settings:
    """Settings that production takes."""
    var, keys = tmp_path / "var", tmp_path / "keys" / "keys.json"
    var.mkdir()
    crypto.save(keys, crypto.new_ring())
    return Settings(
        mode=Mode.production,
        var=var,
        database_url=f"sqlite:///{var / 'jiedui.db'}",
        key_file=keys,
        secret_key="s" * 32,
        https=True,
        public_url="https://portal.test",
    )


def _open_keys(folder: Path) -> dict[str, object]:
    (folder / "keys" / "keys.json").chmod(0o640)
    return {}


def _keys_inside(folder: Path) -> dict[str, object]:
    inside = folder / "var" / "keys.json"
    crypto.save(inside, crypto.new_ring())
    return {"key_file": inside}


MAIL = Outward(
    smtp_host="mail.test",
    smtp_user="jiedui",
    smtp_password="secret",
    smtp_security=Security.plain,
    mail_from="jiedui@portal.test",
)
WEAK: dict[str, tuple[Change, str]] = {
    "no secret": (lambda _: {"secret_key": ""}, "JIEDUI_SECRET_KEY"),
    "a short secret": (lambda _: {"secret_key": "s" * 31}, "JIEDUI_SECRET_KEY"),
    "no TLS": (lambda _: {"https": False}, "HTTPS"),
    "no address": (lambda _: {"public_url": ""}, "JIEDUI_PUBLIC_URL"),
    "an address without TLS": (lambda _: {"public_url": "http://portal.test"}, "JIEDUI_PUBLIC_URL"),
    "cheap passwords": (lambda _: {"argon2_memory_kib": ARGON2_FLOOR_KIB - 1}, "ARGON2"),
    "one round": (lambda _: {"argon2_rounds": 1}, "ARGON2"),
    "no keys": (lambda folder: {"key_file": folder / "none.json"}, "no key file"),
    "keys for others": (_open_keys, "read by others"),
    "keys beside the data": (_keys_inside, "outside JIEDUI_VAR"),
    "a gateway without TLS": (
        lambda _: {"outward": Outward(sms=Hook("http://sms.test/", "plain"))},
        "JIEDUI_SMS_URL",
    ),
    "a group without TLS": (
        lambda _: {"outward": Outward(wecom=Hook("http://wecom.test/", "wecom-group"))},
        "JIEDUI_WECOM_URL",
    ),
    "a mail password in the clear": (lambda _: {"outward": MAIL}, "JIEDUI_SMTP_SECURITY"),
}


def test_what_is_sound_is_taken(sound: Settings) -> None:
    assert check(sound) is sound


@pytest.mark.parametrize("name", WEAK)
def test_what_is_weak_is_refused(sound: Settings, tmp_path: Path, name: str) -> None:
    change, said = WEAK[name]
    weak = dataclasses.replace(sound, **change(tmp_path))  # type: ignore[arg-type]
    with pytest.raises(BadSettings, match=said):
        check(weak)


def test_the_demo_is_not_loaded_there(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its people nor its passwords: it is refused before a database is opened."""

    def opened(_settings: Settings) -> None:
        pytest.fail("a database was opened")

    monkeypatch.setattr(showing, "up_to_date", opened)
    with pytest.raises(showing.NotForProduction):
        showing.have_county(sound)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    """256 bits or none, for data, index and record."""
    good, bad = b"k" * 32, b"k" * length
    for keys in ((bad, good, good), (good, bad, good), (good, good, bad)):
        with pytest.raises(crypto.BadKeys):
            crypto.KeyRing(1, {1: keys[0]}, keys[1], keys[2])
