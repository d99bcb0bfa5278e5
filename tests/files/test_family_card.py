"""The family card: two sides of A6 for the carer, without the child's name and without a word of
why.

Seen to fail: a card that names the children among what is agreed (certificate.card), one that
prints no fresh strip, and one without the address by which the family stops it."""

from __future__ import annotations

import re
from dataclasses import astuple
from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy import select

from jiedui.contact.actions import badges
from jiedui.contact.models import HelperPicture
from jiedui.core import db
from jiedui.core.audit import AuditEntry
from jiedui.core.i18n import force_locale
from jiedui.files import certificate
from jiedui.followup.models import StopKey
from jiedui.helpers import queries as helpers
from jiedui.hours.models import CodeStrip
from tests.builders import pairings as build
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.photos import photo

A6 = re.compile(rb"/MediaBox\s*\[0 0 (297\.\d+) (419\.\d+)\]")  # points: 105 by 148 mm


def made(app: Flask, pair: Pair, act: str) -> bytes:
    """The child director makes the card."""
    browser = Browser(app)
    browser.sign_in(pair.director.phone)
    browser.get(f"/pairings/{pair.id}/family-card")
    assert "家庭联系卡" in browser.words
    browser.send(f"/pairings/{pair.id}/family-card", act=act)
    assert browser.page is not None
    assert browser.page.mimetype == "application/pdf"
    return browser.page.data


def strips(pair: Pair) -> list[bool]:
    """The strips of codes of a pairing: whether each still counts."""
    with db.read():
        rows = db.session.query(CodeStrip).filter_by(pairing_id=pair.id).order_by(CodeStrip.id)
        return [one.ended_at is None for one in rows]


def keys(pair: Pair) -> int:
    """How many addresses stop this pairing."""
    with db.read():
        return db.session.query(StopKey).filter_by(pairing_id=pair.id).count()


def test_two_sides_of_a6_with_a_fresh_strip(app: Flask) -> None:
    """A second card makes the first one's codes void; one without codes leaves them."""
    pair = build.trial()
    card = made(app, pair, "codes")
    assert card.startswith(b"%PDF-")
    assert len(A6.findall(card)) in (1, 2)  # one for both where the pages inherit it
    assert len(re.findall(rb"/Type /Page\b", card)) == 2
    made(app, pair, "codes")
    assert strips(pair) == [False, True]
    assert keys(pair) == 1
    made(app, pair, "plain")
    assert strips(pair) == [False, True]


def test_what_stands_on_it(app: Flask) -> None:
    """Who comes, whom to call, hotlines, the badge; no child, no guardian, no reason."""
    pair = build.trial()
    with db.write():
        badges.issue(helpers.get(pair.helper_id), by=pair.officer.actor())
    with db.read(), app.test_request_context(), force_locale("zh_CN"):
        pairing = pair.read()
        said = certificate.card(pairing)
        words = repr(astuple(said))
        hidden = [child.name for child in pairing.need.children]
        hidden += [one.name for one in pairing.need.household.guardians]
        numbers = [number for _whom, number in said.calls]
        assert said.name == pairing.helper.name
        assert pairing.helper.phone in numbers
    assert [name for name in hidden if name in words] == []
    assert [one for one in ("留守", "困境", "低保", "孤儿") if one in words] == []
    assert pair.director.phone in numbers
    assert pair.officer.phone in numbers
    assert {"110", "12355"} <= {number for number, _what in said.hotlines}
    assert "/badge/" in said.badge


def test_not_before_everybody_has_agreed(app: Flask) -> None:
    """Nobody is announced to a family that has not said yes."""
    pair = build.approved()
    browser = Browser(app)
    browser.sign_in(pair.director.phone)
    browser.send(f"/pairings/{pair.id}/family-card", act="codes")
    assert "各方同意后" in browser.words
    assert strips(pair) == []


def test_the_helpers_picture_stands_in_the_frame(app: Flask) -> None:
    """Put there by the helper; another one takes its place, and gone is gone. What is no photo is
    refused beside its field. Seen to fail when the card drew the empty frame all the same."""
    pair = build.trial()
    browser = Browser(app)
    browser.sign_in(pair.helper.phone)
    page = f"/helpers/{pair.helper_id}/picture"
    plain = made(app, pair, "plain")
    assert b"/Subtype /Image" not in plain
    browser.send(page, file=(BytesIO(b"%PDF-1.4 no photo %%EOF"), "me.jpg"))
    assert "不能用" in browser.words or "JPEG" in browser.words
    browser.send(page, file=(BytesIO(photo(900, 700)), "me.jpg"))
    assert "照片" in browser.words
    got = browser.http.get(f"{page}/file")
    with Image.open(BytesIO(got.data)) as kept:
        assert kept.size == (440, 560)
    card = made(app, pair, "plain")
    assert b"/Subtype /Image" in card
    browser.send(page, file=(BytesIO(photo(300, 900, kind="PNG")), "me.png"))
    with db.read():
        assert db.session.query(HelperPicture).count() == 1
    browser.send(page, act="remove")
    assert b"/Subtype /Image" not in made(app, pair, "plain")
    with db.read():
        told = (
            select(AuditEntry.act).where(AuditEntry.act.like("picture.%")).order_by(AuditEntry.id)
        )
        assert list(db.session.scalars(told)) == ["picture.kept", "picture.kept", "picture.removed"]
