"""Pasting in a real browser: by the same rules as the server, told, and put back."""

import json
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.content import article_html
from articles.content.html_tokens import tokens
from articles.content.sanitizer import sanitize, sanitize_and_report
from articles.tests import factories
from articles.tests.browser_sessions import AXE_OPTIONS, BODY, click_body, desk, faults
from articles.tests.gunicorn_server import until
from articles.tests.source_tree import ROOT
from articles.tests.strategies import clipboards

__all__ = ["desk", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CASES = json.loads((ROOT / "articles/tests/samples/paste_cases.json").read_text())
SANITIZE = """async (texts) => {
    const { sanitize } = await import("/static/js/desk/body_editor/paste/sanitizer.js")
    return texts.map(sanitize).map(({ html, omissions }) =>
        [html, omissions.map(({ kind, text }) => [kind, text])])
}"""


PASTE = """async ([clipboards, selector]) => {
    const area = document.querySelector("textarea[data-body-editor]")
    return clipboards.map(([kind, text]) => {
        area.value = ""
        area.dispatchEvent(new Event("words:given"))
        const data = new DataTransfer()
        data.setData(kind, text)
        document.querySelector(selector).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        area.dispatchEvent(new Event("words:wanted"))
        return area.value
    })
}"""
# Shows a clipboard as the page that it was copied from, and selects all of it.
SHOW = """(html) => {
    document.body.innerHTML = html
    getSelection().selectAllChildren(document.body)
}"""


def sanitized_by_server(markup: str) -> list:
    found = sanitize_and_report(markup)
    return [found.html, [[each.kind, each.text] for each in found.omissions]]


def han(text: str) -> Counter[str]:
    """Return the Chinese characters of a text, and how often."""
    return Counter(character for character in text if "\u4e00" <= character <= "\u9fff")


@pytest.fixture
def modules(tab, live_server):
    """A tab that can import the scripts of the desk."""
    tab.goto(f"{live_server.url}/admin/login/")
    return tab


def test_the_browser_cleans_every_case_as_the_server_does(modules):
    found = modules.evaluate(SANITIZE, [case["clipboard"] for case in CASES])
    assert found == [[case["body"], case["left_out"]] for case in CASES]


@given(st.lists(clipboards, min_size=60, max_size=60))
@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_browser_and_server_agree_on_any_clipboard_and_lose_no_word_untold(modules, texts):
    for text, in_browser in zip(texts, modules.evaluate(SANITIZE, texts), strict=True):
        body, left_out = in_browser
        assert [text, in_browser] == [text, sanitized_by_server(text)]
        assert sanitize(body) == body
        told = article_html.plain_text(body, as_typed=True) + "".join(
            words for _, words in left_out
        )
        assert han("".join(each.text for each in tokens(text))) - han(told) == Counter(), text


@pytest.fixture
def form(desk):
    """The article form in a browser."""
    return desk(factories.make_chief(username="lin", is_superuser=True))


def paste(page, kind, text):
    """Paste into the empty body and return what the field holds."""
    return page.evaluate(PASTE, [[[kind, text]], BODY])[0]


def body_of(page):
    """Return the body as it would be stored."""
    script = """(area) => { area.dispatchEvent(new Event("words:wanted")); return area.value }"""
    return sanitize(page.locator("textarea[data-body-editor]").evaluate(script))


def test_every_case_is_in_the_editor_as_it_will_be_stored(form):
    found = form.evaluate(PASTE, [[[case["kind"], case["clipboard"]] for case in CASES], BODY])
    assert list(map(sanitize, found)) == [case["body"] for case in CASES]


def test_every_case_is_right_when_it_is_really_copied_from_a_page_that_shows_it(form, faults):
    """What the page shows although Word would hide it (`copied`) is copied with the rest."""
    cases = [case for case in CASES if case["kind"] == "text/html"]
    page = form.context.new_page()
    wrong = []
    for case in cases:
        page.bring_to_front()
        page.evaluate(SHOW, case["clipboard"])
        page.keyboard.press("Control+c")
        form.bring_to_front()
        click_body(form)
        form.keyboard.press("Control+a")
        form.keyboard.press("Control+v")
        if (found := body_of(form)) != case.get("copied", case["body"]):
            wrong.append((case["name"], found))
    assert wrong == []
    faults[:] = [fault for fault in faults if "ERR_NAME_NOT_RESOLVED" not in fault]  # pictures


TRACKED = "<p>共<del>三百</del>五百户<s>，下略</s>。</p><img alt='开工现场' width=640>"


def test_what_is_left_out_is_told_shown_and_put_back(form, faults):
    assert sanitize(paste(form, "text/html", TRACKED)) == "<p>共五百户。</p>"
    notice = form.locator(".paste-notice")
    assert notice.locator("> p").inner_text() == (
        "粘贴时略去 5 个字，它们不是正文。 略去图片 1 张，请在“图片”处添加。"
    )
    form.click(".paste-notice summary")
    assert notice.locator("li").all_inner_texts() == [
        "修订删去的字 三百",
        "划掉的字 ，下略",
        "图片 开工现场",
    ]
    found = Axe().run(form, context=".body-editor", options=AXE_OPTIONS).response["violations"]
    assert [fault["id"] for fault in found] == []
    faults.clear()  # what axe itself tries
    notice.get_by_role("button", name="放回正文").click()
    assert body_of(form) == "<p>共三百五百户，下略。</p>"
    assert notice.count() == 0
    form.keyboard.press("Control+z")
    assert body_of(form) == "<p>共五百户。</p>"
    assert notice.get_by_role("button", name="放回正文").count() == 1
    paste(form, "text/html", TRACKED)
    assert notice.count() == 1
    form.keyboard.press("Control+a")
    form.keyboard.press("Delete")
    assert (body_of(form), notice.count()) == ("", 0)


def test_words_are_put_back_after_a_paste_that_somebody_has_worked_on(form):
    paste(form, "text/html", "<p>共<del>三百</del>五百户</p><p hidden>藏</p>")
    click_body(form, "Control+Home")
    form.keyboard.insert_text("全区")
    form.get_by_role("button", name="放回正文").click()
    assert body_of(form) == "<p>全区共五百户</p><p>三百</p><p>藏</p>"


def test_lines_of_a_printed_page_are_joined_on_demand(form):
    [printed] = [case["clipboard"] for case in CASES if case["name"] == "t-pdf-lines"]
    assert sanitize(paste(form, "text/plain", printed)).count("<p>") == 4
    form.get_by_role("button", name="合并成段").click()
    joined = (
        "<p>昨天上午，甲镇举行开工仪式，区领导出席并讲话。项目总投资三亿元，预计明年完工。</p>"
        "<p>乙镇随后开工。</p>"
    )
    assert body_of(form) == joined
    form.keyboard.press("Control+z")
    assert body_of(form).count("<p>") == 4
    paste(form, "text/plain", "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。")
    assert form.locator(".paste-notice").count() == 0


def test_words_copied_inside_the_editor_stay_as_they_are(form):
    paste(form, "text/html", "<p>甲  乙<sup>2</sup></p><ol start=3 type=A><li>丙</li></ol>")
    mark = form.locator(f"{BODY} ol li").evaluate("(item) => getComputedStyle(item).listStyleType")
    assert mark == "upper-alpha"
    click_body(form)
    form.keyboard.press("Control+a")
    form.keyboard.press("Control+c")
    form.keyboard.press("ArrowRight")
    form.keyboard.press("Enter")
    form.keyboard.press("Control+v")
    until(lambda: body_of(form).count("甲  乙<sup>2</sup>") == 2, "the words to be pasted")
    assert form.locator(".paste-notice").count() == 0


def test_a_pasted_file_of_a_picture_is_offered_to_the_photo_tray(form):
    offered = form.evaluate(
        """([selector]) => new Promise((resolve) => {
            document.addEventListener("photos:offered", ({ detail }) =>
                resolve(detail.files.map(({ name }) => name)), { once: true })
            const data = new DataTransfer()
            data.items.add(new File(["x"], "开工.png", { type: "image/png" }))
            const paste = { clipboardData: data, bubbles: true, cancelable: true }
            document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", paste))
        })""",
        [BODY],
    )
    assert offered == ["开工.png"]


def test_characters_are_raised_and_lowered_by_buttons(form):
    click_body(form)
    form.keyboard.insert_text("10")
    form.click(".tools .superscript")
    form.keyboard.insert_text("8")
    form.click(".tools .subscript")
    form.keyboard.insert_text("2")
    assert body_of(form) == "<p>10<sup>8</sup><sub>2</sub></p>"
