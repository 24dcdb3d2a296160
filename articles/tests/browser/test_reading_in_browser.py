"""Reading one article after the other in a real browser: by keys, without waiting for a page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from articles.models import Article, Finding
from articles.tests.browser_sessions import AXE_OPTIONS, watch
from articles.tests.chromium import new_context
from articles.tests.factories import make_byline, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.sqlite_lock import rest, turn
from articles.tests.workflow_factories import member_who_may, put_at, rewritten

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TITLE = "#reading h1"


class Reader:
    """A reviewer with a keyboard, whose keys and page loads are counted."""

    def __init__(self, tab, url, member):
        self.tab, self.url, self.keys, self.loads, self.faults = tab, url, 0, [], []
        watch(tab, self.faults)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": signed_in(member).cookies[name].value, "url": url}
        tab.context.add_cookies([cookie])

    def open(self, path="/admin/articles/article/read/"):
        self.tab.goto(self.url + path)
        self.tab.wait_for_load_state("networkidle")
        self.tab.on("request", self.note)

    def note(self, request):
        if request.is_navigation_request() and request.frame == self.tab.main_frame:
            self.loads.append(request.url)

    def press(self, key):
        self.keys += 1
        self.tab.keyboard.press(key)

    def sees(self, title):
        expect(self.tab.locator(TITLE)).to_have_text(title)


@pytest.fixture
def people(transactional_db):
    return [member_who_may(username=f"chengyuan{number}") for number in range(4)]


@pytest.fixture
def reader(tab, live_server, people):
    found = Reader(tab, live_server.url, people[1])
    yield found
    tab.wait_for_load_state("networkidle")
    assert found.faults == []
    rest()


def waiting(people, count) -> list[Article]:
    """Make articles that wait for the reader: 第1篇, 第2篇, …"""
    page = make_page(issue=make_issue(released_at=None))
    return [
        put_at(
            "first_review",
            writer=people[0],
            readers=people[1:],
            headline=f"第{number}篇",
            page=page,
            position=number,
        )
        for number in range(1, count + 1)
    ]


def statuses() -> list[str]:
    with turn:
        return list(Article.objects.order_by("pk").values_list("status", flat=True))


def test_fifteen_articles_are_read_and_passed_with_one_key_each(reader, people):
    waiting(people, 15)
    reader.open()
    for number in range(1, 16):
        reader.sees(f"第{number}篇")
        reader.press("p")
    reader.sees("没有等您审读的稿件。")
    assert statuses() == ["second_review"] * 15
    assert reader.keys <= 17
    assert reader.loads == []


def test_the_next_article_is_there_before_the_server_has_answered(reader, people):
    waiting(people, 3)
    reader.open()
    reader.tab.route(
        "**/read/", lambda route: None if route.request.method == "POST" else route.continue_()
    )
    reader.press("p")
    reader.sees("第2篇")
    expect(reader.tab.locator(".reading-place")).to_contain_text("第 2 篇，共 3 篇")
    reader.tab.unroute_all()
    reader.tab.reload()


def test_the_place_is_that_after_the_step_once_the_server_has_answered(reader, people):
    waiting(people, 3)
    reader.open()
    reader.press("p")
    expect(reader.tab.locator(".reading-place")).to_contain_text("第 1 篇，共 2 篇")
    reader.sees("第2篇")
    expect(reader.tab.locator("#reading-status")).to_contain_text("第1篇")


def test_keys_lead_both_ways_and_so_does_the_history_of_the_browser(reader, people):
    waiting(people, 3)
    reader.open()
    reader.press("j")
    reader.sees("第2篇")
    reader.press("k")
    reader.sees("第1篇")
    reader.tab.go_back()
    reader.sees("第2篇")
    reader.tab.reload()
    reader.sees("第2篇")
    assert statuses() == ["first_review"] * 3


def test_a_return_asks_for_its_reason_in_a_dialog(reader, people):
    waiting(people, 2)
    reader.open()
    reader.press("t")
    reader.tab.locator("#id_reason_of_move").press_sequentially("请核对 p j 两处地名")
    reader.tab.click("#reason-dialog [data-confirm]")
    reader.sees("第2篇")
    expect(reader.tab.locator("#reading-status")).to_contain_text("已退回")
    assert statuses() == ["draft", "first_review"]


def test_words_that_changed_meanwhile_are_refused_and_shown(reader, people):
    articles = waiting(people, 2)
    reader.open()
    with turn:
        rewritten(articles[0], by=people[0], headline="第1篇改过")
    reader.press("p")
    reader.sees("第1篇改过")
    expect(reader.tab.locator("#reading-status")).to_contain_text("请重新审读")
    expect(reader.tab.locator(".since ins")).to_have_text("改过")
    reader.press("p")
    reader.sees("第2篇")
    expect(reader.tab.locator("#reading-status")).to_contain_text("第1篇改过")
    assert statuses() == ["second_review", "first_review"]


def test_keys_work_from_inside_the_printed_article_and_not_while_typing(reader, people):
    waiting(people, 2)
    reader.open()
    reader.tab.focus("#id_note")
    reader.press("p")
    reader.press("j")
    assert reader.tab.input_value("#id_note") == "pj"
    reader.sees("第1篇")
    reader.tab.frame_locator(".printed-article").locator("p").last.click()
    reader.press("j")
    reader.sees("第2篇")
    reader.press("?")
    expect(reader.tab.locator("#shortcuts")).to_be_visible()
    reader.press("p")
    assert statuses() == ["first_review"] * 2


def test_the_single_keys_can_be_switched_off(reader, people):
    waiting(people, 2)
    reader.open()
    reader.press("?")
    reader.tab.uncheck("[data-single-keys]")
    reader.press("Escape")
    reader.tab.reload()
    reader.tab.wait_for_load_state("networkidle")
    reader.press("j")
    reader.press("p")
    reader.sees("第1篇")
    assert statuses() == ["first_review"] * 2
    reader.press("?")
    reader.tab.check("[data-single-keys]")
    reader.press("Escape")
    reader.press("j")
    reader.sees("第2篇")


def test_it_works_without_scripts(chromium, live_server, people):
    waiting(people, 2)
    tab = new_context(chromium, java_script_enabled=False).new_page()
    reader = Reader(tab, live_server.url, people[1])
    reader.open()
    reader.sees("第1篇")
    tab.click("#reading-form .default")
    reader.sees("第2篇")
    tab.fill("#id_note", "请核对地名")
    tab.click("#reading-form [value=return]")
    reader.sees("没有等您审读的稿件。")
    tab.context.close()
    assert statuses() == ["second_review", "draft"]


def test_the_form_says_what_a_change_will_bring_once_the_words_differ(reader, people):
    article = waiting(people, 1)[0]
    reader.open(f"/admin/articles/article/{article.pk}/change/")
    line = reader.tab.locator("#after-change")
    expect(line).to_be_hidden()
    reader.tab.select_option("[name=rank]", "2")
    reader.tab.fill("[name=headline]", "第1篇改过")
    expect(line).to_have_text("改动保存后：仍在待一审，您可以接着通过，下一位先看到改动的字。")
    expect(line).to_be_visible()
    reader.tab.fill("[name=headline]", "第1篇")
    expect(line).to_be_hidden()
    reader.tab.fill("[name=headline]", "第1篇改过")
    expect(line).to_be_visible()


def test_words_selected_in_the_printed_article_become_the_passage_of_a_note(reader, people):
    waiting(people, 2)
    reader.open()
    reader.press("j")
    reader.sees("第2篇")
    reader.tab.frame_locator(".printed-article").locator("h1").select_text()
    expect(reader.tab.locator("[name=note_passage]")).to_have_value("第2篇")
    reader.tab.fill("[name=note_text]", "标题太短")
    reader.tab.click("#notes-panel [value=add]")
    expect(reader.tab.locator("#notes-panel li .text")).to_have_text("标题太短")
    assert reader.loads == []


def doubtful(article) -> Finding:
    return Finding.objects.create(
        article=article, kind="look-alike", excerpt="⺠→民", message="字形相近"
    )


@pytest.mark.parametrize("page", ["change", "read"])
def test_a_finding_is_ruled_out_without_leaving_the_page(reader, people, page):
    article = waiting(people, 1)[0]
    finding = doubtful(article)
    reader.open(f"/admin/articles/article/{article.pk}/{page}/")
    reader.tab.fill("#id_note", "写到一半的意见")
    reader.tab.fill("#findings [name=reason]", "原文如此")
    reader.tab.press("#findings [name=reason]", "Enter")
    expect(reader.tab.locator("#findings summary")).to_have_text("已排除 1 处")
    assert reader.tab.input_value("#id_note") == "写到一半的意见"
    assert reader.loads == []
    with turn:
        finding.refresh_from_db()
    assert finding.reason == "原文如此"


def violations(tab) -> list[str]:
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(reader, people, scheme):
    article = waiting(people, 3)[0]
    make_byline(article=article)
    doubtful(article)
    rewritten(article, by=people[2], headline="改后的标题")
    reader.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    broken = {}
    for width in (390, 1280, 1440):
        reader.tab.set_viewport_size({"width": width, "height": 900})
        reader.open(f"/admin/articles/article/{article.pk}/read/?seen=1")
        # At the end of the page the bar hides no button, whose size would count as too small.
        reader.tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        broken[width] = violations(reader.tab)
        if reader.tab.evaluate("document.documentElement.scrollWidth") > width:
            broken[width].append("wide")
    reader.faults.clear()  # Axe writes styles into the frame, which are refused.
    assert broken == {390: [], 1280: [], 1440: []}
