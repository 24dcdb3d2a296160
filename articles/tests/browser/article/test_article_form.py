"""The article form in a real browser: typing, pasting, ordering, previewing."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles import revisions
from articles.editing import saving
from articles.models import Article, Member
from articles.tests import factories
from articles.tests.browser_sessions import (
    BODY,
    click_body,
    paste_into_body,
    save,
    type_body,
    watch,
)
from articles.tests.sqlite_lock import turn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORD = """\
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style>p{color:red}</style>
<h3 style='mso-pagination:none'>一、开工</h3><p class=MsoNormal style='text-indent:21.0pt'>
<span lang=EN-US style='font-family:"Times"'>&nbsp; </span>　　昨天<b>上午</b><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><div onclick="x()">第二<i>段</i>
<script>window.hit=1</script></div>"""


@pytest.fixture
def faults(tab) -> list[str]:
    """What the browser complained about, in any window."""
    found = []
    watch(tab, found)
    tab.context.on("page", lambda page: watch(page, found))
    return found


@pytest.fixture
def desk(tab, faults, live_server):
    """A tab with an empty article form; at the end the browser must have no complaint."""
    Member.objects.create_superuser("chief", password="correct horse battery")
    tab.goto(f"{live_server.url}/admin/articles/article/add/")
    tab.fill("[name=username]", "chief")
    tab.fill("[name=password]", "correct horse battery")
    tab.click("[type=submit]")
    tab.wait_for_selector(BODY)
    tab.wait_for_load_state()
    yield tab
    assert faults == []


def tool(page, name):
    page.click(f".tools .{name}")


def test_a_story_is_typed_with_all_marks_and_stored(desk):
    desk.fill("[name=headline]", "河埠路 便民服务点启用")
    click_body(desk)
    desk.keyboard.insert_text("昨天上午，服务点启用。")
    desk.keyboard.press("Enter")
    tool(desk, "subhead")
    desk.keyboard.insert_text("八个窗口")
    desk.keyboard.press("Enter")
    desk.keyboard.insert_text("可办")
    tool(desk, "bold")
    desk.keyboard.insert_text("六十项")
    tool(desk, "bold")
    tool(desk, "link")
    desk.fill(".link-dialog input", "javascript:alert(1)")
    desk.click(".link-dialog [value=apply]")
    assert desk.is_visible(".link-dialog .errornote")
    desk.fill(".link-dialog input", "https://yunxi.example/a?b=1&c=2")
    desk.click(".link-dialog [value=apply]")
    desk.wait_for_selector(f"{BODY} a")
    desk.keyboard.press("Enter")
    tool(desk, "table")
    desk.keyboard.insert_text("站点")
    assert desk.is_visible(".tools .deleteRow")
    tool(desk, "deleteColumn")
    tool(desk, "deleteRow")
    desk.keyboard.insert_text("东")
    desk.locator(".count", has_text="52 字").wait_for()
    save(desk)
    article = Article.objects.get()
    assert article.headline == "河埠路 便民服务点启用"
    assert article.body == (
        "<p>昨天上午，服务点启用。</p><h2>八个窗口</h2><p>可办<strong>六十项</strong>"
        '<a href="https://yunxi.example/a?b=1&amp;c=2">https://yunxi.example/a?b=1&amp;c=2</a></p>'
        "<table><tr><td>东</td><td></td></tr><tr><td></td><td></td></tr></table>"
    )


def test_a_paste_from_word_is_clean_before_and_after_it_is_stored(desk):
    click_body(desk)
    paste_into_body(desk, "text/html", WORD)
    shown = desk.inner_html(BODY)
    assert shown == "<h2>一、开工</h2><p>昨天<strong>上午</strong></p><p>第二段</p>"
    assert desk.text_content(".count") is not None
    save(desk)
    assert Article.objects.get().body == shown
    assert desk.evaluate("window.hit") is None


def test_plain_text_is_pasted_paragraph_by_paragraph_without_indents(desk):
    click_body(desk)
    paste_into_body(desk, "text/plain", "　　第一段。\r\n\r\n　　第二段　内空 a  b。\r\n")
    save(desk)
    assert Article.objects.get().body == "<p>第一段。</p><p>第二段　内空 a  b。</p>"


def test_the_count_is_that_of_the_server(desk):
    click_body(desk)
    desk.keyboard.insert_text("云溪 Yunxi，2024年。👍")
    desk.locator(".count", has_text="15 字").wait_for()
    save(desk)
    assert Article.objects.get().length == 15


def test_an_article_opened_and_saved_untouched_is_stored_to_the_character(desk, live_server):
    stored = (
        "<p>双  空格　与\u00a0不换行</p><ul><li>甲<ul><li>乙</li></ul></li></ul>"
        '<table><tr><th colspan="2">表</th></tr><tr><td>一<br>二</td><td></td></tr></table>'
        "<blockquote><p>引<br><br>文</p></blockquote>"
    )
    article = factories.make_article(body=stored)
    address = f"{live_server.url}/admin/articles/article/{article.pk}/change/"
    desk.goto(address)
    desk.wait_for_selector(BODY)
    desk.wait_for_load_state()
    save(desk)
    article.refresh_from_db()
    assert article.body == stored
    click_body(desk, "Control+End")
    desk.keyboard.insert_text("加")
    save(desk)
    article.refresh_from_db()
    assert article.body == stored.replace("引<br><br>文", "引</p><p>文加")


def test_bylines_are_added_and_reordered_by_keyboard(desk):
    desk.fill("[name=headline]", "三人稿")
    for number, name in enumerate("甲乙丙"):
        if number:
            desk.click("#bylines-group .add")
        desk.fill(f"[name=bylines-{number}-role]", "记者")
        desk.fill(f"[name=bylines-{number}-name]", name)
    desk.focus("[name=bylines-2-name]")
    desk.keyboard.press("Alt+ArrowUp")
    desk.keyboard.press("Alt+ArrowUp")
    assert desk.text_content("#bylines-group [role=status]") == "现在是第 1 位，共 3 位"
    desk.click("#bylines-1 .movers button:first-child")
    save(desk)
    names = Article.objects.get().bylines.values_list("position", "name")
    assert list(names) == [(1, "丙"), (2, "乙"), (3, "甲")]


def test_a_byline_added_in_the_browser_completes_its_contributor(desk):
    factories.make_contributor(name="林晓禾")
    desk.fill("[name=headline]", "有作者")
    desk.click("#bylines-group .add")
    desk.fill("[name=bylines-1-name]", "林晓禾")
    desk.click("#bylines-1 .select2-selection")
    desk.keyboard.insert_text("林")
    desk.click(".select2-results__option--highlighted:has-text('林晓禾')")
    save(desk)
    assert Article.objects.get().bylines.get().contributor.name == "林晓禾"


def test_what_is_typed_is_previewed_in_a_window_of_its_own(desk):
    desk.fill("[name=headline]", "先看样子")
    click_body(desk)
    desk.keyboard.insert_text("还没有保存的正文。")
    with desk.context.expect_page() as opened:
        desk.click(".steps button:has-text('预览')")
    preview = opened.value
    preview.wait_for_load_state("networkidle")
    phone = preview.frame_locator(".phone iframe")
    assert phone.locator("h1").inner_text().replace("\n", "") == "先看样子"
    assert "还没有保存的正文。" in phone.locator(".prose").inner_text()
    widths = [
        preview.locator(f".{name} iframe").bounding_box()["width"] for name in ("desktop", "phone")
    ]
    assert widths[0] > 900
    assert widths[1] == 390
    assert not Article.objects.exists()
    preview.close()
    save(desk)
    assert Article.objects.get().headline == "先看样子"


def test_a_login_lost_while_typing_costs_nothing(desk, faults):
    desk.fill("[name=headline]", "登录丢了")
    click_body(desk)
    # Kept already, the page says nothing by itself while the login is lost and the form sent.
    with desk.expect_response(lambda answer: "一个字也不少" in (answer.request.post_data or "")):
        desk.keyboard.insert_text("一个字也不少。")
    desk.context.clear_cookies(name="session")
    desk.click(".save-bar [name=_continue]")
    desk.wait_for_selector("form.again")
    assert "一个字也不少。" in desk.input_value(".kept textarea >> nth=-1")
    desk.fill("[name=username]", "chief")
    desk.fill("[name=password]", "correct horse battery")
    desk.click(".again [type=submit]")
    desk.wait_for_selector(BODY)
    desk.wait_for_load_state()
    article = Article.objects.get()
    assert (article.headline, article.body) == ("登录丢了", "<p>一个字也不少。</p>")
    assert "403" in faults.pop()


def test_a_double_click_stores_one_article(desk):
    desk.fill("[name=headline]", "只此一篇")
    desk.click(".more > summary")
    desk.dblclick(".save-bar [name=_save]")
    desk.wait_for_selector(".messagelist .success")
    assert Article.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_form(desk, faults, scheme):
    desk.emulate_media(color_scheme=scheme)
    desk.wait_for_load_state("networkidle")
    assert [fault["id"] for fault in Axe().run(desk).response["violations"]] == []
    faults.clear()  # what axe itself tries


def test_leaving_with_unsaved_words_asks_first(desk, live_server):
    click_body(desk)
    desk.keyboard.type("x")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.evaluate("setTimeout(() => { location.href = '/admin/' })")
    desk.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_invisible_characters_are_taken_out_of_a_paste_and_told(desk):
    click_body(desk)
    paste_into_body(desk, "text/html", "<p>甲&shy;镇\u200e开\u200e工👩\u200d👧</p>")
    expect(desk.locator(".paste-notices")).to_contain_text(
        "已去掉不显示的字符：软连字符 U+00AD 1 个、书写方向控制符 U+200E 2 个。"
    )
    assert desk.locator(BODY).inner_text() == "甲镇开工👩\u200d👧"


def test_after_back_the_form_holds_the_words_that_it_shows(desk, live_server):
    article = factories.make_article(body="<p>甲版的字。</p>", headline="原来的标题")
    desk.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    desk.wait_for_selector(BODY)
    desk.wait_for_load_state()
    type_body(desk, "我加的乙。")
    desk.fill("[name=headline]", "我的标题")
    save(desk)
    with turn:
        latest = Article.objects.get()
        copy = replace(revisions.read(latest), body="<p>甲版的字。我加的乙。同事加的丙。</p>")
        submission = saving.Submission(copy, saving.metadata_of(latest))
        saving.save(latest.pk, submission, base=saving.BaseVersion(latest.version), by=None)
    desk.go_back()
    desk.wait_for_selector(BODY)
    desk.wait_for_load_state()
    assert desk.locator(BODY).inner_text() == "甲版的字。我加的乙。同事加的丙。"
    save(desk)
    article.refresh_from_db()
    assert (article.headline, article.body) == ("我的标题", copy.body)
