"""Every page of the demo county that a link leads to, as its reader sees it: nothing refused by the
content security policy, nothing wider than the screen, nothing axe calls serious."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from jiedui.core import db, jobs
from jiedui.factory import create_app
from tests.browser.conftest import Served
from tests.browser.director_load import (
    test_no_coordinator_has_more_than_two_hours_a_week,
    test_no_director_has_more_than_eight_records_a_week,
)
from tests.browser.looking import DESK, PHONE, View, by_person
from tests.browser.shots import settings_of
from tests.browser.walk import one_each, sights, sign_ins_of

# All look at the demo county, whose loading alone takes minutes: once for them, in the longer runs.
pytestmark = pytest.mark.reliability
__all__ = [
    "test_no_coordinator_has_more_than_two_hours_a_week",
    "test_no_director_has_more_than_eight_records_a_week",
]
PAGES_LEAST = 250  # so that a walk that is cut short does not pass


@pytest.mark.parametrize(
    ("size", "language"),
    [
        pytest.param(PHONE, "zh_CN", id="phone"),
        pytest.param(DESK, "en", id="desk"),
    ],
)
def test_every_page_is_whole(
    browser: Browser, demo_folder: Path, size: dict[str, int], language: str
) -> None:
    """Seen to fail when a table lost its scrolling box, and when a style was written inline."""
    app = create_app(settings_of(demo_folder), queue=False)
    found = one_each(sights(app, sign_ins_of(demo_folder)))
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
    assert view.troubles == [], "\n".join(view.troubles)
