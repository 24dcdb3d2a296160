"""Passkeys in a real Chromium, with the authenticator that it has for tests."""

import pytest
from playwright.sync_api import expect

from articles.models import Passkey
from articles.tests import factories
from articles.tests.browser_sessions import BODY, change, desk, end_logins, faults, type_body
from articles.tests.sqlite_lock import turn

__all__ = ["desk", "faults"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADD, PASSWORD = "/admin/second-factor/passkey/", "correct horse battery"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def plug_in(page):
    """Give the browser of a page an authenticator whose owner is there; return its name, too."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return devices, made


def test_a_passkey_is_made_and_used_at_the_log_in_and_in_place(desk, live_server):
    chief, draft = factories.make_chief(), factories.make_article(status="draft")
    page = desk(chief, change(draft))
    devices, device = plug_in(page)

    # Made, beside what the page says where a browser knows none.
    page.goto(live_server.url + ADD)
    assert not page.is_visible("[data-passkey-unknown]")
    page.fill("[name=name]", "办公室电脑")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit].default")
    page.wait_for_selector(".codes li")
    with turn:
        assert Passkey.objects.get().name == "办公室电脑"

    # Used at the log-in page.
    end_logins()
    page.goto(live_server.url + change(draft))
    page.fill("[name=username]", chief.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    assert page.is_visible("[name=code]")
    page.click("[data-passkey-sign] button")
    page.wait_for_selector(BODY)

    # Used in place, while one types.
    end_logins()
    type_body(page, "灯亮了。")
    dialog = page.locator("dialog.login-again")
    dialog.wait_for(state="visible")
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("[type=submit]").click()
    dialog.locator("[name=code]").wait_for(state="visible")
    page.focus(BODY)
    page.keyboard.press("Control+s")  # Leads to the code, and is done after it.
    expect(dialog.locator("[name=code]")).to_be_focused()
    dialog.locator("[data-passkey]").click()
    dialog.wait_for(state="hidden")
    expect(page.locator(BODY)).to_contain_text("灯亮了。")
    with turn:
        counted = Passkey.objects.get()
    assert counted.sign_count == 3 and counted.used_at

    # Where the device has lost its keys, the field of a code stays.
    devices.send("WebAuthn.clearCredentials", device)
    end_logins()
    page.goto(live_server.url + change(draft))
    page.fill("[name=username]", chief.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.click("[data-passkey-sign] button")
    page.wait_for_selector("[data-passkey-sign] [role=alert]:visible")
    assert page.is_visible("[name=code]")
