"""Every page as it is read on a phone, and what a week of the demo county asks of people."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import whole
from tests.browser.director_load import (
    test_no_coordinator_has_more_than_two_hours_a_week,
    test_no_director_has_more_than_eight_records_a_week,
)
from tests.browser.looking import PHONE

# All look at the demo county, whose loading alone takes minutes: once for them, in the longer runs.
pytestmark = pytest.mark.reliability
__all__ = [
    "test_no_coordinator_has_more_than_two_hours_a_week",
    "test_no_director_has_more_than_eight_records_a_week",
]


def test_every_page_is_whole_on_a_phone(browser: Browser, demo_folder: Path) -> None:
    """In Chinese. Seen to fail when a table lost its scrolling box."""
    found = whole.troubles(browser, demo_folder, PHONE, "zh_CN")
    assert found == [], "\n".join(found)
