"""The save bar of the article form in a real browser: the next step, reasons, the menu."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.tests.browser_sessions import PASSWORD, change, desk, faults, type_body
from articles.tests.sqlite_lock import turn
from articles.tests.workflow_factories import member_who_may, put_at

__all__ = ["desk", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TABLES = ("view_article", "add_article", "change_article")


def member(*rights, name):
    """Make a member who writes articles and has some rights more, and can sign in."""
    found = member_who_may(*TABLES, *rights, username=name)
    found.set_password(PASSWORD)
    found.save()
    return found


@pytest.fixture
def people(db):
    """A writer and three readers."""
    reviews = ("pass_first_review", "pass_second_review", "sign_article", "return_article")
    writer = member("submit_article", name="writer")
    return [writer, *(member(*reviews, name=f"reader{number}") for number in range(3))]


def stored() -> list[tuple]:
    """Return every article's headline, status and the last note."""
    with turn:
        return [
            (article.headline, article.status, article.reviews.last().note)
            for article in Article.objects.all()
        ]


def test_a_new_article_is_written_and_submitted_with_one_click(desk, people):
    page = desk(people[0])
    page.fill("[name=headline]", "河埠路便民服务点启用")
    type_body(page, "昨天上午，服务点启用。")
    page.click(".save-bar .move.default")
    expect(page.locator(".messagelist")).to_contain_text("已送审。")
    assert stored() == [("河埠路便民服务点启用", "first_review", "")]


def test_a_reason_is_asked_for_in_a_dialog_and_kept_where_it_is_cancelled(desk, people):
    article = put_at("first_review", writer=people[0], readers=people[1:])
    page = desk(people[1], change(article))
    returned = page.locator(".save-bar .move-return")
    dialog = page.locator("#reason-dialog")
    returned.click()
    dialog.locator("[data-confirm]").click()
    expect(dialog.locator("[role=alert]")).to_have_text("请写明原因。")
    dialog.locator("textarea").fill("请补充采访")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.locator("[name=_note]")).to_have_value("请补充采访")
    returned.click()
    expect(dialog.locator("textarea")).to_have_value("请补充采访")
    dialog.locator("[data-confirm]").click()
    expect(page.locator(".messagelist")).to_contain_text("已退回。")
    assert stored() == [(article.headline, "draft", "请补充采访")]


def test_the_menu_opens_and_closes_by_keyboard(desk, people):
    page = desk(people[0])
    menu = page.locator(".save-bar .more")
    menu.locator("summary").press("Enter")
    expect(menu.locator("[name=_save]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("[name=_save]")).not_to_be_visible()
    assert page.evaluate("document.activeElement.matches('.more > summary')")
