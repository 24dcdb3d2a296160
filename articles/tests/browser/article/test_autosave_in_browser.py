"""What is typed survives, in a real browser: closed, reloaded, composed, sent back."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from articles.content import article_html
from articles.models import Article, WorkingCopy
from articles.tests import factories
from articles.tests.browser_sessions import (
    LONG,
    change,
    click_body,
    desk,
    draft,
    faults,
    pause_clock,
    save,
    type_body,
    wait_for_autosave,
)

__all__ = ["desk", "draft", "faults"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_is_on_the_server_within_five_seconds(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    pause_clock(page)
    page.fill("[name=headline]", "新题")
    type_body(page, "又一句。")
    page.clock.run_for(5_000)
    wait_for_autosave(headline="新题", body="<p>原来的正文。又一句。</p>")
    page.clock.resume()
    expect(page.locator("[data-status-line]")).to_contain_text("已暂存到服务器")
    draft.refresh_from_db()
    assert (draft.headline, draft.version) == ("旧题", 0)


def test_words_typed_before_the_script_had_come_are_kept(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    held = []
    page.route("**/desk/autosave/recorder*.js", lambda route: held.append(route))
    page.goto(page.url, wait_until="commit")
    page.fill("[name=headline]", "心急先写")
    page.wait_for_timeout(1_000)
    held[0].continue_()
    wait_for_autosave(headline="心急先写")


def test_an_untouched_form_keeps_nothing(desk, draft):
    factories.make_byline(article=draft)
    factories.make_caption(article=draft)
    page = desk(factories.make_chief(), change(draft))
    page.wait_for_timeout(4_000)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_words_typed_without_a_pause_are_kept_every_five_seconds(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    pause_clock(page)
    page.focus("[name=headline]")
    typed, oldest = "旧题", 0
    for _ in range(120):
        page.keyboard.type("x")
        typed += "x"
        with answered(page):
            page.clock.run_for(100)
        copy = WorkingCopy.objects.exclude(typed_at=None).first()
        held = dict(copy.fields)["headline"] if copy else "旧题"
        oldest = max(oldest, len(typed) - len(held))
    assert oldest <= 5 * 10


@contextmanager
def answered(page):
    """Wait until the server has answered what is sent meanwhile."""
    sent, ended = [], []
    listeners = {
        "request": lambda request: sent.append(request),
        "requestfinished": lambda request: ended.append(request),
        "requestfailed": lambda request: ended.append(request),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield
    while len(ended) < len(sent):
        page.wait_for_timeout(10)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def test_a_closed_browser_loses_nothing_that_was_typed(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "三千字")
    type_body(page, LONG)
    page.wait_for_timeout(2_000)
    page.context.close()
    again = desk(chief, change(draft))
    offer = again.locator("[data-offer]")
    expect(offer.locator("[data-take]")).to_have_count(1)
    assert LONG in offer.inner_text()
    assert "旧题" in offer.locator("del").first.inner_text()
    assert again.input_value("[name=headline]") == "旧题"
    offer.locator("[data-take]").click()
    expect(offer).to_have_count(0)
    assert again.input_value("[name=headline]") == "三千字"
    save(again)
    draft.refresh_from_db()
    assert (draft.headline, article_html.words(draft.body)) == ("三千字", "原来的正文。" + LONG)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    again.reload()
    again.wait_for_timeout(1_500)
    expect(again.locator("[data-offer]")).to_have_count(0)


def test_rows_choosers_and_tables_are_taken_over_as_they_were(desk):
    chief = factories.make_chief()
    factories.make_contributor(name="林晓禾")
    page = desk(chief)
    page.fill("[name=headline]", "有三行")
    page.fill("[name=tags]", "民生，便民")
    page.select_option("[name=genre]", "feature")
    for number, name in enumerate("甲乙丙"):
        if number:
            page.click("#bylines-group .add")
        page.fill(f"[name=bylines-{number}-name]", name)
    page.click("#bylines-0 .movers button:last-child")
    page.click("#bylines-2 .select2-selection")
    page.keyboard.insert_text("林")
    page.click(".select2-results__option--highlighted:has-text('林晓禾')")
    wait_for_autosave(headline="有三行", **{"bylines-2-name": "丙"})
    page.wait_for_timeout(2_500)
    page.context.close()
    again = desk(chief)
    offer = again.locator("[data-offer]")
    expect(offer).to_contain_text("有三行")
    offer.locator("[data-take]").click()
    expect(offer).to_have_count(0)
    save(again)
    article = Article.objects.get()
    names = article.bylines.values_list("name", "contributor__name")
    assert list(names.order_by("position")) == [("乙", None), ("甲", None), ("丙", "林晓禾")]
    assert (article.genre, sorted(article.tags.names())) == ("feature", ["便民", "民生"])


def test_what_is_discarded_is_asked_about_once_and_gone(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "不要了")
    wait_for_autosave(headline="不要了")
    page.context.close()
    again = desk(chief, change(draft))
    button = again.locator(".offers [data-discard]")
    button.focus()
    again.keyboard.press("Enter")
    expect(button).to_have_text("确定丢弃？")
    again.keyboard.press("Enter")
    expect(again.locator("[data-offer]")).to_have_count(0)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_a_reload_offers_what_was_typed_at_once(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("[name=headline]", "刚写的")
    page.wait_for_timeout(1_200)
    page.reload()
    expect(page.locator("[data-take]")).to_have_count(1)
    expect(page.locator("[data-offer] ins").first).to_contain_text("刚写的")


def test_chinese_comes_through_an_input_method_to_the_character(desk):
    page = desk(factories.make_chief())
    method = page.context.new_cdp_session(page)

    def compose(*steps, text):
        for step in steps:
            state = {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            method.send("Input.imeSetComposition", state)
            page.wait_for_timeout(700)
        method.send("Input.insertText", {"text": text})

    page.focus("[name=headline]")
    compose("h", "he", "he'bu", "he'bu'lu", text="河埠路")
    compose("q", "qi'yong", text="启用")
    click_body(page)
    compose("z", "zuo", "zuo'tian", "zuo'tian'shang'wu", text="昨天上午，")
    compose("f", "fu'wu", "fu'wu'dian", text="服务点启用。")
    assert page.input_value("[name=headline]") == "河埠路启用"
    wait_for_autosave(headline="河埠路启用", body="<p>昨天上午，服务点启用。</p>")
    save(page)
    article = Article.objects.get()
    assert (article.headline, article.body) == ("河埠路启用", "<p>昨天上午，服务点启用。</p>")


def test_a_form_that_comes_back_with_errors_goes_on_as_the_same_window(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    page.fill("[name=headline]", "题" * 1001)
    page.click(".save-bar [name=_continue]")
    page.wait_for_selector(".errornote")
    wait_for_autosave(headline="题" * 1001)
    expect(page.locator("[data-offer]")).to_have_count(0)
    page.fill("[name=headline]", "短题")
    save(page)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-offer]")).to_have_count(0)
