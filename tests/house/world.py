"""One small world for the tests of who may do what: people of every role in the right place and
in wrong ones, and one of each thing they could reach for, all of it in the first village."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from jiedui.core import db, jobs
from jiedui.core.errors import Missing
from jiedui.factory import create_app
from tests.conftest import settings_at
from tests.people import Person

SCHOOLED = ("云霁儿", "云露儿", "云竹儿", "云雀儿")  # brothers and sisters of one house
CARER, FATHER, ADDRESS = "钟阿婆", "云大山", "河边三组七号"
CARER_PHONE, FATHER_PHONE = "13933334444", "13911112222"


@dataclass
class World:
    """Who there is, by persona and relation, and the number of each thing by its name."""

    app: Flask
    folder: Path
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    # Identity numbers, which no page shows but the answer to a reveal.
    numbers: list[str] = field(default_factory=list)
    secrets: tuple[str, ...] = (*SCHOOLED, CARER, FATHER, ADDRESS, CARER_PHONE, FATHER_PHONE)

    def keep(self) -> None:
        """Remember the database as it is now."""
        db.database().close()
        shutil.copy(self.folder / "jiedui.db", self.folder / "kept.db")

    def put_back(self) -> None:
        """Make the database what it was when it was kept."""
        db.database().close()
        for ending in ("-wal", "-shm"):
            (self.folder / f"jiedui.db{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / "kept.db", self.folder / "jiedui.db")


def _careless(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # no power cut is tried here


@contextmanager
def portal(ready: Path, folder: Path) -> Iterator[World]:
    """The portal as the `app` fixture makes it, for a whole module, and nobody in it yet."""
    for file in ready.iterdir():
        if file.is_file():
            shutil.copy(file, folder / file.name)
    app = create_app(settings_at(folder), queue=False)
    app.config["PROPAGATE"] = True
    # Thousands are told that there is nothing here: the page that says it is not made.
    app.register_error_handler(Missing, lambda _error: ("", 404))
    event.listen(db.database().writer, "connect", _careless)
    yield World(app, folder)
    db.database().close()
    jobs.disconnect()
