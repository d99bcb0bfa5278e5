"""The record notices what was done to it, and keys open only what they sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from jiedui.access.rules import Role
from jiedui.core import audit, crypto, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.details import DETAILS
from tests import people


def _county() -> int:
    with db.read():
        return people.region(people.COUNTY).id


def _some_acts() -> int:
    people.appoint(Role.account_admin)
    people.appoint(Role.auditor)
    return _county()


def test_an_untouched_record_is_whole(either_app: Flask) -> None:
    """No false alarm, on either database."""
    county = _some_acts()
    with db.read():
        assert audit.verify(county) == []


HERE = "county_id = :c"
TAMPERING = {
    "details": (f"UPDATE audit_entry SET details = '{{}}' WHERE seq = 3 AND {HERE}", "changed"),
    "actor": (f"UPDATE audit_entry SET via = 'x' WHERE seq = 2 AND {HERE}", "changed"),
    "act": (f"UPDATE audit_entry SET act = 'x' WHERE seq = 2 AND {HERE}", "changed"),
    "one gone": (f"DELETE FROM audit_entry WHERE seq = 2 AND {HERE}", "missing"),
    "tail gone": (
        f"DELETE FROM audit_entry WHERE {HERE} AND seq = "
        f"(SELECT max(seq) FROM audit_entry WHERE {HERE})",
        "cut",
    ),
    "all gone": (f"DELETE FROM audit_entry WHERE {HERE}", "cut"),
    "head": (f"UPDATE audit_head SET count = count - 1 WHERE {HERE}", "head changed"),
    "order": (
        "UPDATE audit_entry SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE seq END "
        f"WHERE {HERE}",
        "missing",
    ),
}


@pytest.mark.parametrize(("how", "what"), TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_is_noticed(app: Flask, how: str, what: str) -> None:
    """Change, deletion, a cut tail, emptying, a changed head, another order."""
    county = _some_acts()
    with db.write() as session:
        session.execute(text(how), {"c": county})
    with db.read():
        assert what in {fault.what for fault in audit.verify(county)}


def test_an_entry_stands_or_falls_with_its_act(app: Flask) -> None:
    """Rolled back together."""
    county = _some_acts()
    with pytest.raises(RuntimeError), db.write():
        _record_and_fail()
    with db.read():
        acts = db.session.scalars(text("SELECT act FROM audit_entry")).all()
        assert Act.county_setting_changed.value not in acts
        assert audit.verify(county) == []


def _record_and_fail() -> None:
    audit.record(Act.county_setting_changed, people.region(people.COUNTY), by=SYSTEM)
    raise RuntimeError


def test_an_act_must_say_what_it_must(app: Flask) -> None:
    """A reveal without its reason cannot be recorded."""
    with db.write(), pytest.raises(ValueError, match="reason"):
        audit.record(Act.child_revealed, people.region(people.COUNTY), by=SYSTEM, field="id_number")


def test_details_are_declared_for_acts_that_exist() -> None:
    """The two halves of the vocabulary agree."""
    assert set(DETAILS) <= set(Act)
    assert len({a.value for a in Act}) == len(list(Act))


@pytest.fixture
def keys() -> Callable[[], crypto.KeyRing]:
    """Fresh rings, the old one back afterwards."""
    crypto.use(crypto.new_ring())
    return crypto.new_ring


@given(st.text())
def test_what_is_sealed_opens_again_and_never_looks_the_same(plain: str) -> None:
    """Any text; twice the same text gives different ciphers."""
    crypto.use(crypto.new_ring())
    one, two = (crypto.seal("a.b", plain.encode()) for _ in range(2))
    assert one != two
    assert crypto.unseal("a.b", one).decode() == plain


def test_a_value_cannot_be_moved_to_another_column(keys: Callable[[], crypto.KeyRing]) -> None:
    """The purpose is part of the key and of what is authenticated."""
    sealed = crypto.seal("child.name", b"x")
    with pytest.raises(crypto.BadKeys):
        crypto.unseal("guardian.name", sealed)


def test_another_ring_opens_nothing(keys: Callable[[], crypto.KeyRing]) -> None:
    """A stolen database without its keys is of no use."""
    sealed, index = crypto.seal("child.name", b"x"), crypto.blind_index("id", "1")
    crypto.use(keys())
    with pytest.raises(crypto.BadKeys):
        crypto.unseal("child.name", sealed)
    assert crypto.blind_index("id", "1") != index


def test_an_older_key_still_opens(keys: Callable[[], crypto.KeyRing]) -> None:
    """After rotation the new key seals and the old one opens what it had sealed."""
    old = crypto.ring()
    sealed = crypto.seal("child.name", b"x")
    crypto.use(crypto.KeyRing(2, {**old.data, 2: b"k" * 32}, old.index, old.record))
    assert crypto.unseal("child.name", sealed) == b"x"
    assert crypto.seal("child.name", b"x")[:2] == (2).to_bytes(2, "big")
