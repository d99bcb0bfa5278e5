"""Tables, and the types that seal and date a column."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, LargeBinary, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from jiedui.core import crypto

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

GONE = "–"  # how a name reads that was taken away when its time was over


class Base(DeclarativeBase):
    """All tables; every constraint has a name, so that a migration can speak of it."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that only lies sealed in the database; the purpose is the column it belongs to.
    `cleared` is what a value reads as that was taken away when its time was over."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str, cleared: str | None = None) -> None:
        super().__init__()
        self.purpose, self.cleared = purpose, cleared

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else crypto.seal(self.purpose, value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return self.cleared
        return crypto.unseal(self.purpose, bytes(value)).decode()


class SealedBytes(Sealed):
    """A file that only lies sealed in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else crypto.seal(self.purpose, value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else crypto.unseal(self.purpose, bytes(value))


class SealedJson(Sealed):
    """A small structure that only lies sealed in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        text = None if value is None else json.dumps(value, ensure_ascii=False)
        return super().process_bind_param(text, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        text = super().process_result_value(value, dialect)
        return None if text is None else json.loads(text)


def choice(kind: type[StrEnum], name: str = "") -> Enum:
    """A column that holds one member of an enumeration, checked by the database. A table with
    two columns of one enumeration names the second, for the constraint."""
    return Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=True,
        name=f"{name or kind.__name__.lower()}_known",
        values_callable=lambda members: [m.value for m in members],
    )
