"""Article forms in real browsers: opened as a member, watched for faults, read in the database."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import LoginSession, WorkingCopy
from articles.tests import factories
from articles.tests.chromium import new_context

from .editor_sessions import draft
from .gunicorn_server import until
from .sqlite_lock import rest, turn

__all__ = ["draft"]

PASSWORD = "correct horse battery"
LONG = "云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 120
BODY = ".ProseMirror"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
# The browser says aloud that an answer was an error, or that there was none: that is no fault.
ANSWERED = re.compile(r"Failed to load resource: |the server responded with a status of 403")


@pytest.fixture
def faults():
    """What browsers complained about; at the end there must be nothing."""
    found = []
    yield found
    assert [fault for fault in found if not ANSWERED.search(fault)] == []


@pytest.fixture
def desk(chromium, live_server, faults):
    """A function that opens an address of the desk as a member, in a browser of their own."""
    contexts = []

    def open_as(member, path="/admin/articles/article/add/"):
        context = new_context(chromium, viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.on("page", lambda page: watch(page, faults))
        page = context.new_page()
        page.goto(live_server.url + path)
        page.fill("[name=username]", member.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_selector(BODY)
        page.wait_for_load_state()
        return page

    yield open_as
    for context in contexts:
        context.close()
    rest()


def change(article) -> str:
    """Return the address of the article form."""
    return f"/admin/articles/article/{article.pk}/change/"


def wait_for_autosave(**fields) -> WorkingCopy:
    """Return the working copy that holds these fields, as soon as there is one."""

    def find():
        with turn:
            copies = list(WorkingCopy.objects.exclude(typed_at=None))
        return next((c for c in copies if fields.items() <= dict(c.fields).items()), None)

    return until(find, f"an autosave of {fields}")


def pause_clock(page) -> None:
    """Load the form anew, with a clock that moves only by `page.clock.run_for`."""
    page.clock.install()
    page.reload()
    page.wait_for_selector(BODY)
    page.wait_for_load_state()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 2)


def end_logins():
    """End every session."""
    with turn:
        LoginSession.objects.all().delete()


def make_colleague(**facts):
    """Make another chief of the desk."""
    with turn:
        return factories.make_chief(username="chen", **facts)


def click_body(page, *keys):
    """Click into the body and press keys that move the cursor, each when the editor is ready.

    It sets its own cursor 20 ms after it gets the focus, and hears of a move a moment later.
    """
    page.click(BODY)
    for key in keys:
        page.wait_for_timeout(60)
        page.keyboard.press(key)
    page.wait_for_timeout(60)
    page.evaluate("0")  # Answered after what was due until now.


def type_body(page, text):
    """Type text at the end of the body."""
    click_body(page, "Control+End")
    page.keyboard.insert_text(text)


def paste_into_body(page, kind, text):
    """Paste at the cursor of the body; the cursor must be there."""
    page.evaluate(
        """([selector, kind, text]) => {
            const data = new DataTransfer()
            data.setData(kind, text)
            document.querySelector(selector).dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        [BODY, kind, text],
    )


def watch(page, found):
    """Note script errors and console errors of a page."""
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)


def save(page):
    """Save the form and wait for its success message."""
    # The page that is left may show the success of an earlier save.
    with page.expect_navigation():
        page.click(".save-bar [name=_continue]")
    page.wait_for_selector(".messagelist .success")


class Desk:
    """A member signed in at the desk in one tab, and what the browser complained of."""

    def __init__(self, tab, live_server):
        self.tab, self.url, self.complaints = tab, live_server.url, []
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on(
            "console",
            lambda line: self.complaints.append(line.text) if line.type == "error" else None,
        )

    def open(self, name, *args):
        """Sign in on the way to an address of the desk."""
        address = reverse(f"admin:articles_issue_{name}", args=args)
        self.tab.goto(f"{self.url}/admin/login/?next={address}")
        self.tab.fill("#id_username", "zhiban")
        self.tab.fill("#id_password", "correct horse battery")
        self.tab.press("#id_password", "Enter")
        self.tab.wait_for_url(f"**{address}")
        return self.tab

    def tab_to(self, selector):
        """Press Tab until an element has the focus; it must come within 200 presses."""
        here = f"document.activeElement.matches({selector!r})"
        for _ in range(200):
            self.tab.keyboard.press("Tab")
            if self.tab.evaluate(here):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")

    def press(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def hears(self, words):
        """Wait for an announcement."""
        expect(self.tab.locator("#board-status")).to_have_text(words)
