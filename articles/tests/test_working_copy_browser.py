"""Nothing typed is lost, in a real browser: closed, killed, logged out, offline, in two windows."""

import re
from time import monotonic, sleep

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles import body
from articles.models import Article, WorkingCopy

from . import make
from .test_article_form_browser import BODY, save, watch
from .turns import rest, turn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery"
LONG = "云溪区河埠路便民服务点昨天启用，附近居民前来办事。" * 120
# The browser says aloud that an answer was an error, or that there was none: that is no fault.
ANSWERED = re.compile(r"Failed to load resource: |the server responded with a status of 403")


@pytest.fixture
def draft(db) -> Article:
    return make.make_article(status="draft", headline="旧题", paragraphs=["原来的正文。"])


@pytest.fixture
def faults():
    """What browsers complained about; at the end there must be nothing."""
    found = []
    yield found
    assert [fault for fault in found if not ANSWERED.search(fault)] == []


@pytest.fixture
def desk(chromium, live_server, faults):
    """A function that opens an address of the desk as a member, in a browser of their own."""
    contexts = []

    def open_as(member, path="/admin/articles/article/add/"):
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.on("page", lambda page: watch(page, faults))
        page = context.new_page()
        page.goto(live_server.url + path)
        page.fill("[name=username]", member.username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_selector(BODY)
        return page

    yield open_as
    for context in contexts:
        context.close()
    rest()


def change(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def kept_within(seconds, **fields):
    """Wait until a copy holds these fields; raise where it takes longer."""
    until = monotonic() + seconds
    while monotonic() < until:
        with turn:
            copies = list(WorkingCopy.objects.exclude(typed_at=None))
        for copy in copies:
            if fields.items() <= dict(copy.fields).items():
                return copy
        sleep(0.1)
    raise AssertionError(f"not kept in {seconds} s: {list(WorkingCopy.objects.values())}")


def end_logins():
    with turn:
        Session.objects.all().delete()


def make_colleague(**facts):
    with turn:
        return make.make_chief(username="chen", **facts)


def type_body(page, text):
    page.click(BODY)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


def test_what_is_typed_is_on_the_server_within_five_seconds(desk, draft):
    page = desk(make.make_chief(), change(draft))
    page.fill("[name=headline]", "新题")
    type_body(page, "又一句。")
    kept_within(5, headline="新题", body="<p>原来的正文。又一句。</p>")
    expect(page.locator("[data-kept-line]")).to_contain_text("已暂存到服务器")
    draft.refresh_from_db()
    assert (draft.headline, draft.version) == ("旧题", 0)


def test_words_typed_before_the_script_had_come_are_kept(desk, draft):
    page = desk(make.make_chief(), change(draft))
    held = []
    page.route("**/desk/typing*.js", held.append)
    page.goto(page.url, wait_until="commit")
    page.fill("[name=headline]", "心急先写")
    page.wait_for_timeout(1_000)
    held[0].continue_()
    kept_within(20, headline="心急先写")


def test_an_untouched_form_keeps_nothing(desk, draft):
    make.make_byline(article=draft)
    make.make_caption(article=draft)
    page = desk(make.make_chief(), change(draft))
    page.wait_for_timeout(4_000)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_words_typed_without_a_pause_are_kept_every_five_seconds(desk, draft):
    page = desk(make.make_chief(), change(draft))
    page.focus("[name=headline]")
    end, oldest = monotonic() + 12, 0
    while monotonic() < end:
        page.keyboard.type("x")
        copy = WorkingCopy.objects.exclude(typed_at=None).first()
        held = dict(copy.fields)["headline"] if copy else "旧题"
        typed = page.input_value("[name=headline]")
        if held != typed and monotonic() - end + 12 > 5:
            assert copy, "nothing kept in five seconds"
        oldest = max(oldest, len(typed) - len(held))
        page.wait_for_timeout(100)
    assert oldest <= 5 * 10


def test_a_closed_browser_loses_nothing_that_was_typed(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "三千字")
    type_body(page, LONG)
    page.wait_for_timeout(2_000)
    page.context.close()
    again = desk(chief, change(draft))
    offer = again.locator("[data-offer]")
    expect(offer.locator("[data-take]")).to_have_count(1, timeout=45_000)
    assert LONG in offer.inner_text()
    assert "旧题" in offer.locator("del").first.inner_text()
    assert again.input_value("[name=headline]") == "旧题"
    offer.locator("[data-take]").click()
    expect(offer).to_have_count(0)
    assert again.input_value("[name=headline]") == "三千字"
    save(again)
    draft.refresh_from_db()
    assert (draft.headline, body.words(draft.body)) == ("三千字", "原来的正文。" + LONG)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    again.reload()
    again.wait_for_timeout(1_500)
    expect(again.locator("[data-offer]")).to_have_count(0)


def test_rows_choosers_and_tables_are_taken_over_as_they_were(desk):
    chief = make.make_chief()
    make.make_contributor(name="林晓禾")
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
    kept_within(20, headline="有三行", **{"bylines-2-name": "丙"})
    page.wait_for_timeout(2_500)
    page.context.close()
    again = desk(chief)
    offer = again.locator("[data-offer]")
    expect(offer).to_contain_text("有三行")
    offer.locator("[data-take]").click(timeout=45_000)
    expect(offer).to_have_count(0)
    save(again)
    article = Article.objects.get()
    names = article.bylines.values_list("name", "contributor__name")
    assert list(names.order_by("position")) == [("乙", None), ("甲", None), ("丙", "林晓禾")]
    assert (article.genre, sorted(article.tags.names())) == ("feature", ["便民", "民生"])


def test_what_is_discarded_is_asked_about_once_and_gone(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "不要了")
    kept_within(20, headline="不要了")
    page.context.close()
    again = desk(chief, change(draft))
    button = again.locator(".offers [data-discard]")
    button.focus(timeout=45_000)
    again.keyboard.press("Enter")
    expect(button).to_have_text("确定丢弃？")
    again.keyboard.press("Enter")
    expect(again.locator("[data-offer]")).to_have_count(0)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_a_reload_offers_what_was_typed_at_once(desk, draft):
    page = desk(make.make_chief(), change(draft))
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("[name=headline]", "刚写的")
    page.wait_for_timeout(1_200)
    page.reload()
    expect(page.locator("[data-take]")).to_have_count(1)
    expect(page.locator("[data-offer] ins").first).to_contain_text("刚写的")


def test_a_login_that_ends_in_mid_sentence_is_renewed_in_place(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.click(BODY)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("句子的前半，")
    kept_within(20, body="<p>原来的正文。句子的前半，</p>")
    end_logins()
    page.keyboard.insert_text("句子的后半。")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible(timeout=8_000)
    expect(page.locator("[data-trouble]")).to_contain_text("登录已失效")
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
    assert body.words(draft.body) == words
    assert page.url.endswith(change(draft))
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()


def test_after_a_login_in_place_typing_goes_on_without_a_change_of_page(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.evaluate("window.isSamePage = true")
    end_logins()
    page.fill("[name=headline]", "写到一半")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible(timeout=8_000)
    login.locator("[name=password]").fill(PASSWORD)
    login.locator("[type=submit]").click()
    expect(login).to_be_hidden()
    kept_within(20, headline="写到一半")
    page.fill("[name=headline]", "写到一半，接着写")
    kept_within(20, headline="写到一半，接着写")
    assert page.evaluate("window.isSamePage")
    save(page)
    draft.refresh_from_db()
    assert draft.headline == "写到一半，接着写"


def test_when_somebody_else_logs_in_the_text_stays_in_the_form(desk, draft):
    page = desk(make.make_chief(), change(draft))
    other = make_colleague(name="副总编")
    page.fill("[name=headline]", "甲写的")
    kept_within(20, headline="甲写的")
    end_logins()
    page.fill("[name=headline]", "甲写的，没存")
    login = page.locator("dialog.login-again")
    expect(login).to_be_visible(timeout=8_000)
    login.locator("[name=username]").fill(other.username)
    login.locator("[name=password]").fill(PASSWORD)
    login.locator("[type=submit]").click()
    expect(login).to_be_hidden()
    expect(page.locator("[data-trouble]")).to_contain_text("副总编")
    assert page.input_value("[name=headline]") == "甲写的，没存"


def test_two_windows_of_one_person_do_not_fight(desk, draft):
    chief = make.make_chief()
    one = desk(chief, change(draft))
    other = one.context.new_page()
    other.goto(one.url)
    other.wait_for_selector(BODY)
    one.fill("[name=headline]", "第一窗")
    other.fill("[name=deck]", "第二窗")
    kept_within(20, headline="第一窗", deck="")
    kept_within(20, headline="旧题", deck="第二窗")
    third = one.context.new_page()
    third.goto(one.url)
    offers = third.locator("[data-offer]")
    expect(offers).to_have_count(2)
    expect(offers.first).to_contain_text("另一个窗口")
    expect(third.locator("[data-take]")).to_have_count(0)
    other.close(run_before_unload=False)
    expect(third.locator("[data-take]")).to_have_count(1, timeout=15_000)
    save(one)
    assert [dict(copy.fields)["deck"] for copy in WorkingCopy.objects.exclude(typed_at=None)] == [
        "第二窗"
    ]


def test_who_else_is_here_is_shown(desk, draft):
    one = desk(make.make_chief(), change(draft))
    other = desk(make_colleague(name="陈编辑"), change(draft))
    expect(one.locator(".others")).to_contain_text("陈编辑 也打开着", timeout=25_000)
    other.fill("[name=headline]", "陈编辑在写")
    expect(one.locator(".others")).to_contain_text("陈编辑 正在编辑", timeout=25_000)
    expect(one.locator("[data-present]")).to_have_text("陈编辑 正在编辑")
    other.close()
    expect(one.locator(".others")).to_be_hidden(timeout=25_000)


def test_while_the_server_is_away_the_browser_keeps_it_and_says_so(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.context.route("**/working-copies/**", lambda route: route.abort())
    page.fill("[name=headline]", "断网时写的")
    line = page.locator("[data-trouble]")
    expect(line).to_contain_text(re.compile(r"自 \d\d:\d\d 起未能暂存到服务器"), timeout=8_000)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    page.context.unroute_all()
    kept_within(40, headline="断网时写的")
    expect(line).to_have_text("")


def test_chinese_comes_through_an_input_method_to_the_character(desk):
    page = desk(make.make_chief())
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
    page.click(BODY)
    compose("z", "zuo", "zuo'tian", "zuo'tian'shang'wu", text="昨天上午，")
    compose("f", "fu'wu", "fu'wu'dian", text="服务点启用。")
    assert page.input_value("[name=headline]") == "河埠路启用"
    kept_within(20, headline="河埠路启用", body="<p>昨天上午，服务点启用。</p>")
    save(page)
    article = Article.objects.get()
    assert (article.headline, article.body) == ("河埠路启用", "<p>昨天上午，服务点启用。</p>")


def test_a_form_that_comes_back_with_errors_goes_on_as_the_same_window(desk, draft):
    page = desk(make.make_chief(), change(draft))
    page.fill("[name=headline]", "题" * 201)
    page.click(".save-bar [name=_continue]")
    page.wait_for_selector(".errornote")
    kept_within(20, headline="题" * 201)
    expect(page.locator("[data-offer]")).to_have_count(0)
    page.fill("[name=headline]", "短题")
    save(page)
    assert not WorkingCopy.objects.exclude(typed_at=None).exists()
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-offer]")).to_have_count(0)


def test_a_copy_typed_on_an_older_version_is_merged_when_it_is_saved(desk, draft):
    chief = make.make_chief()
    page = desk(chief, change(draft))
    page.fill("[name=headline]", "我的新题")
    kept_within(20, headline="我的新题")
    page.context.close()
    colleague = desk(make_colleague(name="陈编辑"), change(draft))
    colleague.fill("[name=deck]", "同事的副题")
    save(colleague)
    again = desk(chief, change(draft))
    expect(again.locator("[data-offer]")).to_contain_text("已有新版本")
    again.click("[data-take]", timeout=45_000)
    expect(again.locator("[data-offer]")).to_have_count(0)
    save(again)
    draft.refresh_from_db()
    assert (draft.headline, draft.deck) == ("我的新题", "同事的副题")
