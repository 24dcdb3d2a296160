"""Fixtures of a real Chromium: the machine's own, headless, without traffic of its own.

Imports no Django, so that the entry point of all tests can ask where Chromium is.
"""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from .sqlite_lock import rest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Long enough for a machine that has other work too: a wait ends when what it waits for is there.
PATIENCE = 120_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Return where the machine's own Chromium is, or None; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


# The browser of this process: each package of tests has the fixture, and Playwright starts once.
running = []


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all browser tests of a process."""
    if running:
        yield running[0]
        return
    path = chromium_path()
    if path is None:
        # `make test` names these tests in its last line, and fails where CI is set.
        pytest.skip("needs Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        running.append(browser)
        yield browser
        running.clear()
        browser.close()


def new_context(browser, **options):
    """Return a fresh browser profile that waits patiently; options as Playwright has them."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def tab(chromium):
    """A fresh browser profile with one open tab."""
    context = new_context(chromium, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
    rest()
