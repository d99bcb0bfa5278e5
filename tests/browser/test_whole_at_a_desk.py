"""Every page as it is read at a desk; a file of its own, so that both cores look at pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import whole
from tests.browser.looking import DESK

pytestmark = pytest.mark.reliability


def test_every_page_is_whole_at_a_desk(browser: Browser, demo_folder: Path) -> None:
    """In English. Seen to fail when a style was written inline."""
    found = whole.troubles(browser, demo_folder, DESK, "en")
    assert found == [], "\n".join(found)
