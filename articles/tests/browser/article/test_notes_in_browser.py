"""Notes in the article form: selected words become the passage, the text stays as it is typed."""

import pytest
from playwright.sync_api import expect

from articles.models import Note
from articles.tests.browser_sessions import BODY, change, click_body, desk, draft, faults
from articles.tests.factories import make_chief
from articles.tests.sqlite_lock import turn

__all__ = ["desk", "draft", "faults"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_note_on_selected_words_is_added_in_place_and_marked_in_the_text(desk, draft):
    page = desk(make_chief(), change(draft))
    click_body(page, "Control+End")
    page.keyboard.insert_text("还没有保存的话。")
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[name=note_passage]")).to_have_value("原来的正文")
    page.fill("[name=note_text]", "请核对出处")
    page.get_by_role("button", name="添加批注").click()
    row = page.locator("#notes-panel li")
    expect(row).to_contain_text("请核对出处")
    with turn:
        assert Note.objects.get().passage == "原来的正文"
    assert page.evaluate("[...CSS.highlights.get('notes')].join()") == "原来的正文"
    expect(page.locator(BODY)).to_contain_text("还没有保存的话。")
    row.get_by_text("答复", exact=True).first.click()
    row.locator("textarea").fill("已核对")
    row.get_by_role("button", name="发送答复").click()
    expect(page.locator("#notes-panel .answer")).to_contain_text("已核对")
    page.get_by_role("button", name="办结").click()
    expect(page.locator("#notes-panel li.done")).to_be_visible()
    assert page.evaluate("CSS.highlights.get('notes').size") == 0
    expect(page.locator(BODY)).to_contain_text("还没有保存的话。")
