"""Every page of the demo county that a link leads to, as its reader sees it: nothing refused by the
content security policy, nothing wider than the screen, nothing axe calls serious."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from jiedui.core import db, jobs
from jiedui.factory import create_app
from tests.browser.conftest import Served
from tests.browser.looking import View, by_person
from tests.browser.shots import settings_of
from tests.browser.walk import one_each, sights, sign_ins_of

PAGES_LEAST = 250  # so that a walk that is cut short does not pass


def troubles(browser: Browser, folder: Path, size: dict[str, int], language: str) -> list[str]:
    """What is wrong with the pages of a demo county, seen in a size and a language."""
    app = create_app(settings_of(folder), queue=False)
    found = one_each(sights(app, sign_ins_of(folder)))
    assert len(found) >= PAGES_LEAST
    served = Served(app)
    view = View(browser, served.url, size, language)
    for own in by_person(found).values():
        with view.by(own[0]) as page:
            for sight in own:
                view.open(page, sight)
                view.axe(page, sight)
    served.close()
    db.database().close()
    jobs.disconnect()
    return view.troubles
