"""Article forms in real browsers: opened as a member, watched for faults, read in the database."""

import re
from time import monotonic, sleep

import pytest
from django.contrib.sessions.models import Session

from articles.models import WorkingCopy

from . import make
from .test_article_form_browser import BODY, watch
from .turns import rest, turn
from .windows import draft

__all__ = ["draft"]

PASSWORD = "correct horse battery"
LONG = "云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 120
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
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.on("page", lambda page: watch(page, faults))
        page = context.new_page()
        page.goto(live_server.url + path)
        page.fill("[name=username]", member.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_selector(BODY)
        return page

    yield open_as
    for context in contexts:
        context.close()
    rest()


def change(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def kept_within(seconds, **fields):
    """Wait until a copy holds these fields; raise where it takes longer."""
    until = monotonic() + seconds
    while monotonic() < until:
        with turn:
            copies = list(WorkingCopy.objects.exclude(typed_at=None))
        for copy in copies:
            if fields.items() <= dict(copy.fields).items():
                return copy
        sleep(0.1)
    raise AssertionError(f"not kept in {seconds} s: {list(WorkingCopy.objects.values())}")


def end_logins():
    with turn:
        Session.objects.all().delete()


def make_colleague(**facts):
    with turn:
        return make.make_chief(username="chen", **facts)


def type_body(page, text):
    page.click(BODY)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)
