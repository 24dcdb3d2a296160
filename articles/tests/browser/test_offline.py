"""Reading offline in a real browser: what was read or taken along, and nothing withdrawn."""

import pytest
from playwright.sync_api import expect

from articles import revisions
from articles.tests.chromium import new_context
from articles.tests.factories import (
    make_article,
    make_caption,
    make_chief,
    make_issue,
    make_page,
    make_photo,
)
from articles.workflow import transitions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
KEPT = "caches.open('pages-1').then(cache => cache.keys()).then(all => all.map(one => one.url))"


@pytest.fixture
def paper():
    """An issue of two pages with an article each, the first with a photo."""
    issue = make_issue()
    articles = [
        make_article(page=make_page(issue=issue, label=label), headline=f"{label}头条")
        for label in ("A1", "A2")
    ]
    make_caption(article=articles[0], photo=make_photo(size=(900, 600)))
    return articles


@pytest.fixture
def reader(live_server, paper, chromium):
    """A browser in which the service worker is at work, on the page of the first article."""
    context = new_context(chromium, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(live_server.url + paper[0].get_absolute_url())
    until(tab, "navigator.serviceWorker.controller !== null")
    wait_for_kept(tab, paper[0].get_absolute_url())
    wait_for_kept(tab, "/offline/")
    yield tab
    context.close()


def until(tab, expression):
    """Wait until an expression holds; the page's policy forbids Playwright to wait inside of it."""
    for _ in range(600):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(100)
    raise AssertionError(f"never: {expression}")


def wait_for_kept(tab, *paths):
    """Wait until pages are kept."""
    for path in paths:
        until(tab, f"{KEPT}.then(urls => urls.some(url => url.endsWith('{path}')))")


def test_a_page_that_was_read_opens_offline_with_its_style(reader, live_server, paper):
    reader.context.set_offline(True)
    reader.goto(live_server.url + paper[0].get_absolute_url())
    assert reader.locator("h1").inner_text() == "A1头条"
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(250, 249, 245)"
    )


def test_a_page_that_was_not_read_says_so(reader, live_server, paper):
    reader.context.set_offline(True)
    reader.goto(live_server.url + paper[1].get_absolute_url())
    assert reader.locator("h1").inner_text() == "没有网络"


def test_an_issue_is_taken_along_with_one_tap(reader, live_server, paper):
    reader.get_by_role("button", name="带走本期").click()
    expect(reader.get_by_role("button", name="已带走，可离线阅读")).to_be_visible()
    reader.context.set_offline(True)
    for path, heading in (
        ("/2024-07-27/", "本报"),
        ("/2024-07-27/pages/", "本期版面"),
        ("/2024-07-27/A2/", "A2"),
        (paper[1].get_absolute_url(), "A2头条"),
    ):
        reader.goto(live_server.url + path)
        assert heading in reader.locator("h1").inner_text(), path
    reader.goto(live_server.url + paper[0].get_absolute_url())
    loaded = "image => image.complete && image.naturalWidth > 0"
    until(reader, f"[...document.querySelectorAll('main img')].every({loaded})")


def test_the_network_goes_first(reader, live_server, paper):
    type(paper[0]).objects.filter(pk=paper[0].pk).update(headline="改过的标题")
    reader.goto(live_server.url + paper[0].get_absolute_url())
    assert reader.locator("h1").inner_text() == "改过的标题"


def test_what_is_withdrawn_is_forgotten_with_the_request_that_learns_of_it(
    reader, live_server, paper
):
    address = paper[0].get_absolute_url()
    reader.goto(f"{live_server.url}/2024-07-27/")
    reader.goto(f"{live_server.url}/hant{address}")
    wait_for_kept(reader, f":{live_server.url.rpartition(':')[2]}{address}", "/2024-07-27/")
    revisions.current(paper[0])
    transitions.move(paper[0], "withdraw", by=make_chief(), note="错", version=1)
    reader.goto(live_server.url + address)
    assert reader.locator("h1").inner_text() == "本文已撤稿"
    for path in (address, "/2024-07-27/"):
        until(reader, f"{KEPT}.then(urls => urls.every(url => !url.endsWith('{path}')))")
    reader.context.set_offline(True)
    for path in (address, f"/hant{address}", "/2024-07-27/"):
        reader.goto(live_server.url + path)
        assert reader.locator("h1").inner_text() == "没有网络", path


def test_the_site_can_be_installed(reader):
    client = reader.context.new_cdp_session(reader)
    assert client.send("Page.getAppManifest")["errors"] == []
    errors = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_a_first_visit_to_a_missing_page_ends_without_an_error(live_server, paper, chromium):
    context = new_context(chromium)
    tab, errors, answers = context.new_page(), [], []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("response", lambda response: answers.append(response.url))
    address = f"{live_server.url}/nowhere/"
    tab.goto(address)
    until(tab, "navigator.serviceWorker.controller !== null")
    for _ in range(600):
        tab.wait_for_timeout(50)
        if answers.count(address) > 1:  # The second is asked for to be kept.
            break
    tab.wait_for_timeout(50)
    context.close()
    assert answers.count(address) > 1
    assert errors == []
