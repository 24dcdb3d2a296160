"""A phone: the bar is one line, and the words begin near the top."""

from urllib.parse import urljoin

import pytest

from articles.models import Article, Genre
from articles.tests import factories
from articles.tests.chromium import new_context
from articles.tests.page_kinds import make_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
# The top of the first words of a text, not of its box, in CSS pixels from the top of the page.
FIRST_WORDS = """selector => {
    const range = document.createRange()
    const text = document.querySelector(selector)
    range.selectNodeContents(text)
    return range.getClientRects()[0].top + scrollY
}"""

# The left and right edge of all that is in the open menu.
OPEN_CHOICES = """() => {
    document.querySelector('details.set').open = true
    const parts = [...document.querySelectorAll('.set > div, .set > div *')]
    const boxes = parts.map(part => part.getBoundingClientRect())
    return [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))]
}"""
FIRST_LINK_AFTER_TEXT = """() => [...document.querySelectorAll('a[href]')].find(link =>
    document.querySelector('.prose').compareDocumentPosition(link)
        === Node.DOCUMENT_POSITION_FOLLOWING).rel"""


@pytest.fixture
def phone(tab):
    """A tab of the size of a phone."""
    tab.set_viewport_size(PHONE)
    return tab


@pytest.fixture
def site(live_server):
    """The addresses of every kind of page, as a browser opens them."""
    return {kind: live_server.url + path for kind, path in make_every_kind().items()}


@pytest.fixture
def twenty_pages(live_server):
    """The address of an issue of twenty pages that have names."""
    issue = factories.make_issue()
    for number in range(1, 21):
        page = factories.make_page(issue=issue, label=f"A{number}", name="国内国际")
        factories.make_article(page=page)
    return f"{live_server.url}/2024-07-27/"


def make_tall_article() -> Article:
    """Make an article with all that may stand above its text, each part long."""
    article = factories.make_article(
        page=factories.make_page(),
        headline="全区排涝泵站完成汛前检修十二个村社区装上水位仪值班人员随时查看",
        paragraphs=["昨天，工程分三段推进，先通水，再铺路，最后补种树木。"],
        kicker="“家门口的公园”进入第三年 全区再建九处",
        deck="下水道、泵站和河道一并检查，今年汛期前全部完工并投入使用",
    )
    article.column = factories.make_column(name="民生 实事")
    article.save()
    for role, name in (
        ("记者", "张可馨"),
        ("记者", "周一鸣"),
        ("通讯员", "林晓禾"),
        ("摄影", "徐帆"),
    ):
        factories.make_byline(article=article, role=role, name=name)
    return article


def test_the_first_words_are_near_the_top_of_a_page(site, phone):
    for kind in ("front of the sample", "front, dense"):
        phone.goto(site[kind])
        assert phone.evaluate(FIRST_WORDS, "main .txt") < 620, kind
    sample = Article.objects.filter(page__issue__issued_on="2024-07-27", headline__gt="")
    for article in sample:
        phone.goto(urljoin(site["archive"], article.get_absolute_url()))
        assert phone.evaluate(FIRST_WORDS, ".prose") < 390, article.headline


def test_the_first_words_are_in_the_upper_half_below_a_tall_headline(live_server, phone):
    phone.goto(live_server.url + make_tall_article().get_absolute_url())
    assert phone.evaluate(FIRST_WORDS, ".prose") < 390


@pytest.mark.parametrize("width", [320, 390, 430])
def test_the_bar_is_one_line_and_shows_the_current_page(twenty_pages, phone, width):
    phone.set_viewport_size({"width": width, "height": 844})
    for number in (1, 9, 20):
        phone.goto(f"{twenty_pages}A{number}/")
        assert phone.evaluate("document.querySelector('.bar').offsetHeight") <= 46
        assert phone.evaluate("scrollY") == 0
        assert is_in_sight(phone), number


def test_the_pages_scroll_in_the_bar_without_a_script(twenty_pages, chromium):
    context = new_context(chromium, viewport=PHONE, java_script_enabled=False, has_touch=True)
    phone = context.new_page()
    phone.goto(f"{twenty_pages}A9/")
    phone.locator(".bar ol").evaluate("pages => pages.scrollTo(0, 0)")
    assert is_in_sight(phone)
    phone.get_by_role("link", name="A20").click()
    assert phone.url.endswith("/A20/")
    context.close()


def is_in_sight(phone) -> bool:
    """Tell whether the current page is whole inside the strip of pages."""
    return phone.evaluate("""() => {
        const strip = document.querySelector('.bar ol').getBoundingClientRect()
        const here = document.querySelector('.bar [aria-current]').getBoundingClientRect()
        return here.left >= strip.left - 1 && here.right <= strip.right + 1
    }""")


def test_the_choices_open_from_the_bar_and_fold_again(site, phone):
    phone.goto(site["article"])
    phone.get_by_text("字号", exact=True).click()
    largest = phone.get_by_role("button", name="特大")
    box = largest.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    phone.keyboard.press("Escape")
    assert not largest.is_visible()
    assert phone.evaluate("document.activeElement.tagName") == "SUMMARY"
    phone.get_by_text("字号", exact=True).click()
    phone.mouse.click(100, 700)
    assert not largest.is_visible()


def test_the_open_choices_stay_in_sight_with_and_without_an_issue(site, phone):
    outside = {}
    for kind in ("archive", "article", "preview"):
        phone.goto(site[kind])
        for size in ("m", "xl"):
            phone.evaluate("zi => document.documentElement.setAttribute('data-zi', zi)", size)
            for width in (320, PHONE["width"]):
                phone.set_viewport_size({"width": width, "height": 844})
                left, right = phone.evaluate(OPEN_CHOICES)
                if left < 0 or right > width:
                    outside[kind, size, width] = left, right
    assert outside == {}


def test_every_page_leads_to_the_paper_of_today_and_an_article_to_the_next(site, phone):
    for kind, address in site.items():
        phone.goto(address)
        words, address = phone.evaluate(
            "[...document.querySelectorAll('.bar ul a')].map(a => [a.textContent, a.pathname])[0]"
        )
        assert words in ("今日报纸", "今日報紙"), kind
        wanted = "/preview/" if "preview" in kind else ("/", "/hant/")
        assert address.startswith(wanted) and address.count("/") <= 3, kind
        if kind in ("article", "article with everything"):
            assert phone.evaluate(FIRST_LINK_AFTER_TEXT) == "next", kind


def test_photo_news_begins_with_its_picture(live_server, phone):
    article = factories.make_article(page=factories.make_page(), headline="", genre=Genre.PHOTO)
    factories.make_caption(article=article, photo=factories.make_photo(size=(900, 600)))
    phone.goto(live_server.url + article.get_absolute_url())
    assert phone.locator(".pic img").bounding_box()["y"] < 200
