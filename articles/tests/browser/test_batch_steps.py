"""Steps with several articles in a real browser: the clicks that they take, counted; axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from articles.models import Article
from articles.tests.browser_sessions import AXE_OPTIONS, watch
from articles.tests.factories import make_article, make_byline, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.issue_helpers import board_order, board_url
from articles.tests.workflow_factories import member_who_may, written

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LIST = "/admin/articles/article/"


class Hand:
    """A member at the desk with a mouse, whose clicks are counted."""

    def __init__(self, tab, live_server, member):
        self.tab, self.url, self.clicks, self.faults = tab, live_server.url, 0, []
        watch(tab, self.faults)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": signed_in(member).cookies[name].value, "url": self.url}
        tab.context.add_cookies([cookie])

    def open(self, path):
        self.tab.goto(self.url + path)
        self.tab.wait_for_load_state()

    def click(self, selector, **how):
        self.clicks += 1
        self.tab.click(selector, **how)

    def choose(self, selector, label):
        """Choose from a select: a click opens it, another one chooses."""
        self.clicks += 2
        self.tab.select_option(selector, label=label)


@pytest.fixture
def member(transactional_db):
    return member_who_may(username="zebian")


@pytest.fixture
def hand(tab, live_server, member):
    found = Hand(tab, live_server, member)
    yield found
    assert found.faults == []


def statuses() -> set[str]:
    return set(Article.objects.values_list("status", flat=True))


def test_fourteen_drafts_are_submitted_with_four_clicks_at_most(hand, member):
    for number in range(14):
        written(by=member, headline=f"第{number}篇")
    hand.open(LIST)
    hand.click("#action-toggle")
    hand.click("button[value=submit]")
    expect(hand.tab.locator(".messagelist .success")).to_contain_text("等 14 篇")
    assert statuses() == {"first_review"}
    assert hand.clicks <= 4


def test_enter_in_a_tick_box_takes_no_step(hand, member):
    written(by=member)
    hand.open(LIST)
    hand.tab.focus("input.action-select")
    hand.tab.keyboard.press("Space")
    with hand.tab.expect_navigation():
        hand.tab.keyboard.press("Enter")
    hand.tab.wait_for_load_state()
    assert statuses() == {"draft"}


def test_ticked_articles_are_moved_to_a_page_that_is_chosen(hand, member):
    page = make_page(issue=make_issue(released_at=None), label="A2")
    for number in range(5):
        written(by=member, headline=f"第{number}篇")
    hand.open(LIST)
    hand.click("#action-toggle")
    hand.choose("#batch-page", str(page))
    hand.click("button[value=place]")
    expect(hand.tab.locator(".messagelist .success")).to_contain_text("移到 A2")
    assert page.articles.count() == 5
    assert hand.clicks <= 4


@pytest.fixture
def board(transactional_db):
    """An issue of two pages: eight drafts on A1, none on A2."""
    issue = make_issue(released_at=None)
    page, _other = (make_page(issue=issue, label=label) for label in ("A1", "A2"))
    for headline in "甲乙丙丁戊己庚辛":
        make_article(page=page, headline=headline, status="draft")
    return issue


@pytest.fixture
def arranger(hand, member):
    member.user_permissions.add(*Permission.objects.filter(codename__contains="issue"))
    return hand


def rank_buttons(headline) -> str:
    return f".piece[data-title='{headline}'] [name=rank]"


def test_a_page_of_eight_is_ranked_with_nine_clicks_at_most(arranger, board):
    arranger.open(board_url(board))
    for number, headline in enumerate("甲乙丙丁戊己庚辛"):
        rank = min(number + 1, 3)
        button = f"{rank_buttons(headline)}:nth-of-type({rank})"
        arranger.click(button)
        expect(arranger.tab.locator(button)).to_have_attribute("aria-pressed", "true")
    ranks = Article.objects.order_by("position").values_list("rank", flat=True)
    assert list(ranks) == [1, 2, 3, 3, 3, 3, 3, 3]
    assert arranger.clicks <= 9


def test_five_articles_are_moved_with_four_clicks_at_most(arranger, board):
    arranger.open(board_url(board))
    arranger.click(".piece[data-title='乙'] [name=tick]")
    arranger.click(".piece[data-title='己'] [name=tick]", modifiers=["Shift"])
    expect(arranger.tab.locator("[data-tick-count]")).to_have_text("已勾选 5 篇")
    arranger.click(f"[name=to][value='{board.pages.get(label='A2').pk}']")
    expect(arranger.tab.locator("#board .done")).to_have_text(
        "移到 A2 要闻：《乙》《丙》《丁》《戊》《己》。"
    )
    assert board_order(board) == {"A1": "甲庚辛", "A2": "乙丙丁戊己"}
    assert arranger.clicks <= 4


def test_a_page_is_ticked_at_once_and_ticks_outlast_a_rank(arranger, board):
    arranger.open(board_url(board))
    arranger.click("[data-tick-page]")
    arranger.click(f"{rank_buttons('甲')}:nth-of-type(1)")
    expect(arranger.tab.locator(".ranks [aria-pressed=true]")).to_have_count(1)
    expect(arranger.tab.locator("[data-tick-count]")).to_have_text("已勾选 8 篇")
    arranger.click("#board button[value=submit]")
    expect(arranger.tab.locator("#board .done")).to_contain_text("送审：《甲》")
    expect(arranger.tab.locator("[data-tick-count]")).to_have_text("已勾选 0 篇")
    assert statuses() == {"first_review"}


def violations(tab) -> list[str]:
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list_and_nothing_is_wider_than_the_screen(hand, member, scheme):
    make_page(issue=make_issue(released_at=None))
    for number in range(3):
        make_byline(article=written(by=member, headline=f"第{number}篇"))
    hand.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    broken = {}
    for width in (390, 1280):
        hand.tab.set_viewport_size({"width": width, "height": 900})
        hand.open(LIST + "?q=六十项")
        broken[width] = violations(hand.tab)
        if hand.tab.evaluate("document.documentElement.scrollWidth") > width:
            broken[width].append("wide")
    assert broken == {390: [], 1280: []}
