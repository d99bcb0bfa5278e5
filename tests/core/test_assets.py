"""The files of the look go over the wire small, typed and once."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jiedui.core import assets


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask(__name__, static_folder=None)
    assets.init(app)
    with app.test_request_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_file_is_kept_by_the_browser_for_a_year(client: FlaskClient) -> None:
    answer = client.get(assets.asset("look.css"), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == assets.FOREVER
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.data) == assets.gathered()["look.css"]


def test_a_browser_that_cannot_unpack_gets_the_plain_file(client: FlaskClient) -> None:
    answer = client.get(assets.asset("icons.svg"), headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.data.startswith(b"<svg")


def test_a_page_from_before_an_upgrade_gets_the_present_file_unkept(client: FlaskClient) -> None:
    answer = client.get("/assets/0000/look.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["nothing.css", "css/tokens.css", "../pyproject.toml", "img/../look.css"]
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/assets/x/{path}").status_code == 404


def test_the_first_page_is_light(app: Flask) -> None:
    _, files = assets.shelf()
    first = ("bootstrap.min.css", "look.css", "icons.svg", "js/page.js", "img/logo.svg")
    assert sum(len(files[f].packed or files[f].body) for f in first) < 100_000
    light = ("light.css", "look.css", "icons.svg", "js/page.js", "img/logo.svg")
    assert sum(len(files[f].packed or files[f].body) for f in light) < 40_000


def test_an_unknown_name_is_a_fault_of_the_template(app: Flask) -> None:
    with pytest.raises(assets.UnknownAsset):
        assets.asset("nothing.css")
    with pytest.raises(assets.UnknownAsset):
        assets.icon("no-such-icon")


def test_an_icon_is_silent_and_points_into_the_sheet(app: Flask) -> None:
    drawn = str(assets.icon("eye"))
    assert 'aria-hidden="true"' in drawn
    assert f"{assets.asset('icons.svg')}#eye" in drawn
