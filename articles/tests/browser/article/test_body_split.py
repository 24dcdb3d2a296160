"""Taking headings, dateline and names out of the text, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.tests import factories
from articles.tests.browser_sessions import BODY, click_body, desk, faults, paste_into_body, save
from articles.tests.gunicorn_server import until
from articles.tests.sqlite_lock import turn

__all__ = ["desk", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(desk):
    """An empty article form."""
    return desk(factories.make_chief())


def test_headings_and_names_leave_the_text_and_come_back(form):
    text = "便民服务点启用\n——首批八个窗口\n本报讯（记者 张可馨）昨天上午，云溪区新设的服务点启用。"
    click_body(form)
    paste_into_body(form, "text/plain", text)
    shown = form.locator(BODY).inner_text()
    form.click("[data-split]")
    undo = form.locator(".split + [role=status] button")
    expect(undo).to_be_visible()
    assert form.input_value("[name=headline]") == "便民服务点启用"
    assert form.input_value("[name=dateline]") == "本报讯"
    assert form.input_value("[name=bylines-0-name]") == "张可馨"
    assert form.locator(BODY).inner_text() == "昨天上午，云溪区新设的服务点启用。"
    undo.click()
    expect(form.locator(BODY)).to_have_text(re.compile("便民服务点启用"))
    assert form.locator(BODY).inner_text() == shown
    assert form.input_value("[name=headline]") + form.input_value("[name=bylines-0-name]") == ""
    form.click("[data-split]")
    expect(undo).to_be_visible()
    save(form)
    with turn:
        article = Article.objects.get()
    assert (article.headline, article.deck) == ("便民服务点启用", "——首批八个窗口")
    assert article.body == "<p>昨天上午，云溪区新设的服务点启用。</p>"


def test_while_the_text_is_split_nothing_is_typed_into_the_form(form):
    click_body(form)
    paste_into_body(form, "text/plain", "便民服务点启用\n本报讯（记者 张可馨）昨天上午启用。")
    held = []
    form.route("**/article/add/", lambda route: held.append(route))
    form.click("[data-split]")
    until(lambda: form.wait_for_timeout(50) or held, "the request for splitting the text")
    form.keyboard.insert_text("等待时打的字。")
    held[0].continue_()
    expect(form.locator(".split + [role=status] button")).to_be_visible()
    assert form.locator(BODY).inner_text() == "昨天上午启用。"
    assert form.evaluate("document.activeElement.matches('[data-split]')")


def test_without_a_connection_nothing_is_taken_out_of_the_text(form, faults):
    click_body(form)
    paste_into_body(form, "text/plain", "便民服务点启用\n本报讯（记者 张可馨）昨天上午启用。")
    shown = form.locator(BODY).inner_text()
    form.context.set_offline(True)
    form.click("[data-split]")
    told = "服务器没有应答，您写的内容没有变动。请稍后再试。"
    expect(form.locator(".split + [role=status]")).to_have_text(told)
    assert form.locator(BODY).inner_text() == shown
    assert form.input_value("[name=headline]") == ""
    form.context.set_offline(False)
    faults.clear()  # the connection that was lost
