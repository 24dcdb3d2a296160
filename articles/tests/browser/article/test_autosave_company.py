"""Two windows, two people, a login that ends, a server that is away: in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from articles.content import article_html
from articles.models import WorkingCopy
from articles.tests import factories
from articles.tests.browser_sessions import (
    BODY,
    PASSWORD,
    change,
    click_body,
    desk,
    draft,
    end_logins,
    faults,
    make_colleague,
    save,
    wait_for_autosave,
)

__all__ = ["desk", "draft", "faults"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_login_that_ends_in_mid_sentence_is_renewed_in_place(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    click_body(page, "Control+End")
    page.keyboard.insert_text("句子的前半，")
    expect(page.locator(BODY)).to_contain_text("句子的前半，")
    wait_for_autosave(body="<p>原来的正文。句子的前半，</p>")
    end_logins()
    page.keyboard.insert_text("句子的后半。")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible()
    expect(page.locator("[data-warning]")).to_contain_text("登录已失效")
    page.keyboard.insert_text("登录前还在写。")
    page.keyboard.press("Control+s")
    expect(page.locator("[name=password]")).to_be_focused()
    page.keyboard.insert_text("wrong")
    page.keyboard.press("Enter")
    expect(login.locator(".fault")).to_be_visible()
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    draft.refresh_from_db()
    words = "原来的正文。句子的前半，句子的后半。登录前还在写。"
    assert article_html.words(draft.body) == words
    assert page.url.endswith(change(draft))
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_after_a_login_in_place_typing_goes_on_without_a_change_of_page(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    page.evaluate("window.isSamePage = true")
    end_logins()
    page.fill("[name=headline]", "写到一半")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible()
    login.locator("[name=password]").fill(PASSWORD)
    login.locator("[type=submit]").click()
    expect(login).to_be_hidden()
    wait_for_autosave(headline="写到一半")
    page.fill("[name=headline]", "写到一半，接着写")
    wait_for_autosave(headline="写到一半，接着写")
    assert page.evaluate("window.isSamePage")
    save(page)
    draft.refresh_from_db()
    assert draft.headline == "写到一半，接着写"


def test_when_somebody_else_logs_in_the_text_stays_in_the_form(desk, draft):
    page = desk(factories.make_chief(), change(draft))
    other = make_colleague(name="副总编")
    page.fill("[name=headline]", "甲写的")
    wait_for_autosave(headline="甲写的")
    end_logins()
    page.fill("[name=headline]", "甲写的，没存")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible()
    login.locator("[name=username]").fill(other.username)
    login.locator("[name=password]").fill(PASSWORD)
    with page.expect_response(lambda reply: reply.ok and reply.url.endswith("/keep/")) as kept:
        login.locator("[type=submit]").click()
    kept.value.finished()
    expect(login).to_be_hidden()
    expect(page.locator("[data-warning]")).to_contain_text("副总编")
    assert page.input_value("[name=headline]") == "甲写的，没存"


def test_two_windows_of_one_person_do_not_fight(desk, draft):
    chief = factories.make_chief()
    one = desk(chief, change(draft))
    other = one.context.new_page()
    other.goto(one.url)
    other.wait_for_selector(BODY)
    other.wait_for_load_state()
    one.fill("[name=headline]", "第一窗")
    other.fill("[name=deck]", "第二窗")
    wait_for_autosave(headline="第一窗", deck="")
    wait_for_autosave(headline="旧题", deck="第二窗")
    third = one.context.new_page()
    third.goto(one.url)
    offers = third.locator("[data-offer]")
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("另一个窗口")
    expect(third.locator("[data-take]")).to_have_count(0)
    other.close(run_before_unload=False)
    expect(third.locator("[data-take]")).to_have_count(1)
    save(one)
    assert [dict(copy.fields)["deck"] for copy in WorkingCopy.objects.exclude(typed_at=None)] == [
        "第二窗"
    ]


@pytest.mark.long
def test_who_else_is_here_is_shown(desk, draft):
    one = desk(factories.make_chief(), change(draft))
    other = desk(make_colleague(name="陈编辑"), change(draft))
    expect(one.locator(".others")).to_contain_text("陈编辑 也打开着")
    other.fill("[name=headline]", "陈编辑在写")
    expect(one.locator(".others")).to_contain_text("陈编辑 正在编辑")
    expect(one.locator("[data-present]")).to_have_text("陈编辑 正在编辑")
    other.close()
    expect(one.locator(".others")).to_be_hidden()


def test_while_the_server_is_away_the_browser_keeps_it_and_says_so(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    page.context.route("**/working-copies/**", lambda route: route.abort())
    page.fill("[name=headline]", "断网时写的")
    line = page.locator("[data-warning]")
    expect(line).to_contain_text(re.compile(r"自 \d\d:\d\d 起未能暂存到服务器"))
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    page.context.unroute_all()
    wait_for_autosave(headline="断网时写的")
    expect(line).to_have_text("")


def test_a_copy_typed_on_an_older_version_is_merged_when_it_is_saved(desk, draft):
    chief = factories.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "我的新题")
    wait_for_autosave(headline="我的新题")
    page.context.close()
    colleague = desk(make_colleague(name="陈编辑"), change(draft))
    colleague.fill("[name=deck]", "同事的副题")
    save(colleague)
    again = desk(chief, change(draft))
    expect(again.locator("[data-offer]")).to_contain_text("已有新版本")
    again.click("[data-take]")
    expect(again.locator("[data-offer]")).to_have_count(0)
    save(again)
    draft.refresh_from_db()
    assert (draft.headline, draft.deck) == ("我的新题", "同事的副题")
