"""Putting a copy in the place of the database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text

from jiedui.factory.backup.checking import check_inside, check_outside
from jiedui.factory.backup.copying import BadBackup, copy_in, file_of
from jiedui.factory.backup.keeping import make, opened, stamp
from jiedui.settings import Settings


def restore(settings: Settings, source: Path) -> Path | None:
    """Put a copy in the place of the database, after it was found whole, known and readable with
    these keys. Everybody is signed out. Returns where the database of before lies."""
    check_outside(settings, source)
    with opened(settings, source) as plain:
        check_inside(settings, plain)
        before = _set_aside(settings)
        copy_in(settings, plain)
    _sign_everybody_out(settings.database_url)
    return before


def _set_aside(settings: Settings) -> Path | None:
    """Keep what is there: as a proper copy, or, when it is damaged, as the file it is."""
    if not settings.sqlite:
        return make(settings, settings.backups, keep=1_000_000)
    live = file_of(settings)
    if not live.exists():
        live.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return None
    try:
        return make(settings, settings.backups, keep=1_000_000)
    except BadBackup:
        aside = live.with_name(f"{live.stem}-damaged-{stamp()}.db")
        for tail in ("-wal", "-shm"):
            beside = live.with_name(live.name + tail)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + tail))
        live.replace(aside)
        return aside


def _sign_everybody_out(url: str) -> None:
    """Sessions that ended and phones that were forgotten since the copy was made must not come to
    life again."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM web_session"))
        connection.execute(text("DELETE FROM remembered_phone"))
    engine.dispose()
