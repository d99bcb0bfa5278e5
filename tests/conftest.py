"""What every test starts from: a database of its own with two small counties, and clients."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from flask import Flask
from hypothesis import settings as drawing
from sqlalchemy import create_engine, text

from jiedui.core import db, heap, jobs, schema
from jiedui.core.actors import SYSTEM
from jiedui.factory import connect, create_app
from jiedui.regions import actions as regions
from jiedui.settings import Mode, Settings
from tests import places, postgres
from tests.client import Browser

PG_DEFAULT = "postgresql+psycopg://root@127.0.0.1:5432/postgres"
# How long one drawn case may take says how busy the machine is, and nothing of the rule.
drawing.register_profile("jiedui", deadline=None)
drawing.load_profile("jiedui")
REQUIRED = frozenset(filter(None, os.environ.get("JIEDUI_REQUIRE", "").split(",")))


def pytest_sessionstart() -> None:
    """A sixth of a run would go into looking for circles of what is dropped."""
    heap.make_much()


def settings_at(folder: Path, url: str = "") -> Settings:
    """Test settings with everything under one folder."""
    return Settings(
        mode=Mode.test,
        var=folder,
        database_url=url or f"sqlite:///{folder / 'jiedui.db'}",
        key_file=folder / "keys.json",
        secret_key="t" * 48,
        argon2_memory_kib=64,
        argon2_rounds=1,
    )


def fill(settings: Settings) -> None:
    """Tables by the migrations, and two counties."""
    schema.upgrade(settings.database_url)
    create_app(settings, queue=False)
    with db.write():
        for rows in (places.NORTH, places.SOUTH):
            regions.start_county(rows, by=SYSTEM)
    db.database().close()


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ready SQLite database and keys, to be copied for each test."""
    folder = tmp_path_factory.mktemp("ready")
    fill(settings_at(folder))
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that is named, one of our own, or one that runs
    on this machine; else a loud skip (a failure where it is required)."""
    named, ours = os.environ.get("JIEDUI_TEST_POSTGRES"), postgres.programs()
    with ExitStack() as own:
        if named is None and ours is not None:
            with suppress(postgres.NotThere):
                named = own.enter_context(postgres.server(ours))
        yield _standing(named or PG_DEFAULT)


def _standing(url: str) -> str:
    try:
        create_engine(url).connect().close()
    except Exception as error:
        if "postgres" in REQUIRED:
            pytest.fail(f"PostgreSQL is required and not there: {type(error).__name__}")
        pytest.skip(f"no PostgreSQL at {url}: {type(error).__name__}")
    return url


@pytest.fixture(scope="session")
def postgres_template(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A ready PostgreSQL database to be copied for each test, and the folder with its keys."""
    name = f"jiedui_ready_{uuid.uuid4().hex[:12]}"
    folder = tmp_path_factory.mktemp("ready_pg")
    with _admin(postgres_server) as run:
        run(f"CREATE DATABASE {name}")
    fill(settings_at(folder, postgres_server.rsplit("/", 1)[0] + f"/{name}"))
    yield name, folder
    with _admin(postgres_server) as run:
        _drop_used(run)
        run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@cache
def _mark() -> str:
    """This process's own, so that two runs on one server do not meet."""
    return uuid.uuid4().hex[:12]


class _admin:
    """Statements outside a transaction on the server's own database."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def __enter__(self) -> Callable[[str], object]:
        self.connection = self.engine.connect()
        return lambda statement: self.connection.execute(text(statement))

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.engine.dispose()


@cache
def _made() -> tuple[Flask, dict[str, object]]:
    """One portal a process, with its routes and pages compiled, and its settings as they were."""
    app = create_app(settings_at(Path(mkdtemp())), queue=False)
    db.database().close()
    return app, dict(app.config)


def _at_work(settings: Settings, *, fresh: bool = False) -> Iterator[Flask]:
    """The portal on a database of its own. What differs from test to test is where it looks: the
    routes are the same, and making them anew for each test took a third of the time."""
    if fresh:
        app = create_app(settings, queue=False)
    else:
        app, config = _made()
        connect(settings, queue=False)
        app.config.clear()
        app.config.update(config | {"SETTINGS": settings})
    app.config["PROPAGATE"] = True
    yield app
    db.database().close()
    jobs.disconnect()


@cache
def _now() -> Path:
    """An address that leads to the folder of the test that runs now. The database is always found
    there, so that what was compiled for it stays compiled."""
    return Path(mkdtemp()) / "now"


def _copied(ready: Path, folder: Path) -> Settings:
    for file in ready.iterdir():
        if file.is_file():
            shutil.copy(file, folder / file.name)
    _now().unlink(missing_ok=True)
    _now().symlink_to(folder, target_is_directory=True)
    return settings_at(folder, f"sqlite:///{_now() / 'jiedui.db'}")


@pytest.fixture
def app(ready: Path, tmp_path: Path) -> Iterator[Flask]:
    """The portal on a fresh copy of the SQLite database."""
    yield from _at_work(_copied(ready, tmp_path))


@pytest.fixture
def own_app(ready: Path, tmp_path: Path) -> Iterator[Flask]:
    """As `app`, made for this test alone: it may be given routes and hooks."""
    yield from _at_work(_copied(ready, tmp_path), fresh=True)


@contextmanager
def postgres_copy(server: str, template: tuple[str, Path], folder: Path) -> Iterator[str]:
    """The address of a fresh copy of the PostgreSQL database; its keys are laid into the folder."""
    source, keys = template
    shutil.copy(keys / "keys.json", folder / "keys.json")
    # One after another they have one address; a second one beside the first has its own.
    name = f"jiedui_test_{_mark()}" + (f"_{uuid.uuid4().hex[:8]}" if STANDING else "")
    with _admin(server) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {source}")
    STANDING.add(name)
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with _admin(server) as run:
        _laid_aside(run, name)
    STANDING.discard(name)


STANDING: set[str] = set()
USED: list[str] = []
USED_AT_MOST = 40


def _laid_aside(run: Callable[[str], object], name: str) -> None:
    """Dropped later, many at once: ext4 takes no inode again within seconds of its release, and
    looks past each of them, which made every copy after a drop ten times as slow."""
    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    )
    USED.append(f"{name}_{uuid.uuid4().hex[:8]}")
    run(f"ALTER DATABASE {name} RENAME TO {USED[-1]}")
    if len(USED) >= USED_AT_MOST:
        _drop_used(run)


def _drop_used(run: Callable[[str], object]) -> None:
    while USED:
        run(f"DROP DATABASE IF EXISTS {USED.pop()} WITH (FORCE)")


@pytest.fixture
def postgres_app(
    postgres_server: str, postgres_template: tuple[str, Path], tmp_path: Path
) -> Iterator[Flask]:
    """The portal on a fresh copy of the PostgreSQL database."""
    with postgres_copy(postgres_server, postgres_template, tmp_path) as url:
        yield from _at_work(settings_at(tmp_path, url))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], ids=str)
def either_app(request: pytest.FixtureRequest) -> Flask:
    """The portal on each of the two databases in turn."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")


@pytest.fixture
def device(app: Flask) -> Callable[[], Browser]:
    """Make as many separate devices as a test needs: each with cookies of its own."""
    return lambda: Browser(app)
