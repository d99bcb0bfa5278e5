"""No text that leaves the house names anybody: every kind of letter, in both languages, about a
child whose name, family, village and category are known, in every form in which it leaves.

Seen to fail: LOOK with the village in it, the number of the pairing in the link."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.children import queries as children
from jiedui.core import db, outbox, words
from jiedui.core.carriers import Posted, Way
from jiedui.core.outbox import Letter, LetterKind
from jiedui.letters.exchange import DESK, code_text, link_to, message, sentence
from jiedui.letters.models import Delivery
from jiedui.letters.words import call_back_text, paste_text
from jiedui.settings import Settings
from tests import people
from tests.builders import pairings
from tests.letters.people import reader

LANGUAGES = ("zh_CN", "en")


def identity_of(pair: pairings.Pair) -> list[str]:
    """What would tell who it is about: names, numbers, where they live, what is the matter."""
    with db.read():
        child = pair.read().need.children[0]
        one = children.get(child.id)
        known = [one.name, one.name[1:], one.id_number, one.household.address, one.code]
        known += [text for g in one.guardians for text in (g.name, g.phone)]
        village = one.household.village
        known += [village.name, village.parent.name if village.parent else "", pair.read().code]
        known += [people.account_of(pair.helper).name, pair.helper.phone, pair.director.phone]
        known += [words.label(c.category) for c in one.categories]
    return [text for text in known if text and text != "–"]


def posted(kinds: list[LetterKind], language: str) -> Posted:
    """The message that these letters to one person become, as it would leave."""
    person = reader(language=language)
    with db.write():
        county_id = people.account_of(person).county_id
        for number, kind in enumerate(kinds, start=8800):
            outbox.post(kind, to=person.account_id, county_id=county_id, about=("pairing", number))
        db.session.flush()
        mine = select(Delivery).where(Delivery.account_id == person.account_id)
        rows = list(db.session.scalars(mine.order_by(Delivery.id)))
        account = people.account_of(person)
        return message(rows, account, Way.email)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_anybody(ways: Settings, language: str) -> None:
    secrets = identity_of(pairings.trial())
    told = [posted([kind], language) for kind in LetterKind if kind is not LetterKind.address_asked]
    told.append(posted(list(LetterKind)[:5], language))
    texts = [f"{one.subject}\n{one.text}\n{one.reference}" for one in told]
    texts += [sentence(kind, language) for kind in LetterKind]
    texts += [code_text("12345678", language)]
    assert len(secrets) > 8
    for text in texts:
        assert [secret for secret in secrets if secret in text] == []
        assert not re.search(r"\b88\d\d\b", text), "no number of a pairing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_a_subject_and_two_sentences_in_the_readers_language(
    ways: Settings, language: str
) -> None:
    one = posted([LetterKind.report_waiting], language)
    lines = one.text.split("\n")
    assert len(lines) == 2
    assert lines[1].endswith(f"https://jiedui.example{link_to(_last_letter())}")
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in one.subject + one.text)
    assert chinese is (language == "zh_CN")
    assert "%(" not in one.subject + one.text


def _last_letter() -> int:
    with db.read():
        return db.session.scalars(select(Letter.id).order_by(Letter.id.desc())).first() or 0


def test_the_links_are_addresses_of_the_portal(app: Flask) -> None:
    """The worker, which knows no routes, writes them out; they lead where the portal says."""
    with app.test_request_context():
        assert app.url_for("desk.letter", letter_id=17) == link_to(17)
        assert app.url_for("desk.home") == DESK


def test_a_text_to_paste_names_nobody(app: Flask) -> None:
    secrets = identity_of(pairings.approved())
    with app.test_request_context():
        for text in (paste_text("/pairings/1"), call_back_text("/")):
            assert [secret for secret in secrets if secret in text] == []
            assert text.count("/") == text[text.index("：") :].count("/")
