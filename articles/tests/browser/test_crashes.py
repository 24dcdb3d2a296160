"""A browser killed, a server killed: what was typed is there when both are back."""

import contextlib
import os
import re
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from articles.models import WorkingCopy
from articles.tests import factories
from articles.tests.browser_sessions import BODY, PASSWORD, change, save, wait_for_autosave
from articles.tests.chromium import QUIET, chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


@pytest.fixture
def browse(chromium, tmp_path):
    """A function that starts a Chromium with a profile on disk, the same one each time."""
    started = []

    def start():
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium_path(), args=QUIET
        )
        started.append(context)
        return context.pages[0]

    yield start
    started[-1].close()


def kill_browser(profile):
    """Kill every process of the Chromium with a profile."""
    shown = subprocess.run(["ps", "-axwwo", "pid=,args="], capture_output=True, text=True)
    for line in shown.stdout.splitlines():
        pid, command = line.split(None, 1)
        if f"--user-data-dir={profile}" in command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def open_form(page, server, article, chief):
    page.goto(server.address + change(article))
    if page.locator("[name=password]").first.is_visible():
        page.fill("[name=username]", chief.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
    page.wait_for_selector(BODY)
    page.wait_for_load_state()


def test_a_killed_browser_and_a_killed_server_lose_nothing(browse, served, tmp_path):
    served.start()
    chief, draft = factories.make_chief(), factories.make_article(status="draft", headline="旧题")
    page = browse()
    open_form(page, served, draft, chief)
    page.fill("[name=headline]", "服务器还在")
    expect(page.locator("[data-status-line]")).to_contain_text("已暂存")
    served.kill()
    page.fill("[name=headline]", "服务器没了，浏览器也要没了")
    line = page.locator("[data-warning]")
    expect(line).to_contain_text(re.compile(r"自 \d\d:\d\d 起未能暂存到服务器"))
    kill_browser(tmp_path / "profile")
    assert dict(WorkingCopy.objects.get().fields)["headline"] == "服务器还在"
    served.start()
    page = browse()
    page.wait_for_timeout(31_000)
    open_form(page, served, draft, chief)
    offer = page.locator("[data-offer]")
    expect(offer.locator("[data-take]")).to_have_count(1)
    assert "服务器没了，浏览器也要没了" in offer.inner_text()
    offer.locator("[data-take]").click()
    expect(offer).to_have_count(0)
    save(page)
    draft.refresh_from_db()
    assert draft.headline == "服务器没了，浏览器也要没了"


def test_typing_goes_on_over_a_restart_of_the_server(browse, served):
    served.start()
    chief, draft = factories.make_chief(), factories.make_article(status="draft", headline="旧题")
    page = browse()
    open_form(page, served, draft, chief)
    page.fill("[name=headline]", "重启之前")
    expect(page.locator("[data-status-line]")).to_contain_text("已暂存")
    served.kill()
    page.fill("[name=headline]", "重启之间")
    expect(page.locator("[data-warning]")).to_contain_text("未能暂存")
    served.start()
    wait_for_autosave(headline="重启之间")
    expect(page.locator("[data-warning]")).to_have_text("")
    page.fill("[name=headline]", "重启之后")
    save(page)
    draft.refresh_from_db()
    assert draft.headline == "重启之后"
