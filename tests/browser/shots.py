"""Pictures of the demo county: `make shots` makes those of the README; ARGS="--all FOLDER" one of
every page, on a phone and at a desk, in both languages, with what axe and the browser object to."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from jiedui.factory import create_app
from jiedui.settings import Mode, Settings
from tests.browser.conftest import CHROMIUM, FLAGS, Served
from tests.browser.looking import DESK, PHONE, View, by_person
from tests.browser.walk import Sight, one_each, sights, sign_ins_of

SHOTS = Path(__file__).resolve().parents[2] / "docs" / "shots"
README = {
    "home-1440-zh.png": ("nobody", "disclosure.home", DESK),
    "disclosed-1440-zh.png": ("nobody", "disclosure.disclosed", DESK),
    "desk-390-zh.png": ("child_director", "desk.home", PHONE),
    "draft-1440-zh.png": ("coordinator-womens_federation", "pairings.round", DESK),
    "visit-390-zh.png": ("child_director", "needs.visit", PHONE),
}


def demo(folder: Path) -> Path:
    """A demo county, loaded where there is none yet."""
    env = {**os.environ, "JIEDUI_VAR": str(folder), "JIEDUI_MODE": "demo"}
    subprocess.run([sys.executable, "-m", "jiedui", "demo", "--if-empty"], env=env, check=True)
    return folder


def settings_of(folder: Path) -> Settings:
    """The demo's own keys and database; its officials sign in again and again, without codes."""
    return Settings(
        mode=Mode.demo,
        var=folder,
        database_url=f"sqlite:///{folder / 'jiedui.db'}",
        key_file=folder / "keys.json",
        secret_key="s" * 48,
        demo_second_factor=False,
    )


def for_readme(browser: Browser, url: str, found: list[Sight]) -> None:
    """The pictures the README shows."""
    SHOTS.mkdir(exist_ok=True)
    for name, (role, endpoint, size) in README.items():
        sight = next(s for s in found if (s.role, s.endpoint) == (role, endpoint))
        view = View(browser, url, size, "zh_CN")
        with view.by(sight) as page:
            view.open(page, sight)
            page.screenshot(path=SHOTS / name)


def all_pages(browser: Browser, url: str, found: list[Sight], out: Path) -> Iterable[str]:
    """Every page in every view; says what was wrong."""
    out.mkdir(parents=True, exist_ok=True)
    for size in (PHONE, DESK):
        for language in ("zh_CN", "en"):
            view = View(browser, url, size, language)
            for role, own in by_person(one_each(found)).items():
                with view.by(own[0]) as page:
                    for sight in own:
                        view.open(page, sight)
                        view.axe(page, sight)
                        name = f"{sight.endpoint}-{role}-{view.name}.png"
                        page.screenshot(path=out / name, full_page=True)
            yield from view.troubles


def main() -> None:
    """Read the arguments, load, serve, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--var", type=Path, default=Path("var/shots"))
    parser.add_argument("--all", type=Path, help="a picture of every page into this folder")
    wanted = parser.parse_args()
    folder = demo(wanted.var.resolve())
    app = create_app(settings_of(folder), queue=False)
    found = sights(app, sign_ins_of(folder))
    served = Served(app)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if wanted.all:
            print(*all_pages(browser, served.url, found, wanted.all), sep="\n")
        else:
            for_readme(browser, served.url, found)
        browser.close()
    served.close()


if __name__ == "__main__":
    main()
