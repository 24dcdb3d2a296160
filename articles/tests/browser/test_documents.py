"""Word files in a real browser: chosen and dropped, looked at, stored; also without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, SourceDocument
from articles.tests.browser_sessions import AXE_OPTIONS, PASSWORD, watch
from articles.tests.chromium import new_context
from articles.tests.factories import image_bytes, make_chief
from articles.tests.samples.word_files import paragraph, picture, run, styled, word_file
from articles.tests.sqlite_lock import turn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/sourcedocument/add/"
DROP = """(area) => {
  const data = new DataTransfer()
  data.items.add(new File(["图书馆延长开放\\n本报讯（记者 王甲）昨天起延长开放。"], "简讯.txt"))
  for (const type of ["dragover", "drop"]) {
    area.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }
}"""


def word(name: str, body: str) -> dict:
    data = word_file(body, media={"a.jpg": image_bytes(size=(600, 400))}).getvalue()
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def report(number: int) -> dict:
    body = styled("Title", f"第{number}个便民服务点启用") + paragraph(picture("a.jpg"))
    body += paragraph("图为居民在服务点办事。 王甲 摄") + paragraph(
        run("本报讯（记者 张可馨）昨天，服务点启用，居民前来办事。") + run("内部", "<w:vanish/>")
    )
    return word(f"稿件{number}.docx", body)


def broken() -> dict:
    return {"name": "旧稿.doc", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}


def sign_in(tab, url):
    with turn:
        make_chief(username="lin", name="林晓禾")
    tab.goto(url + ADD)
    tab.fill("[name=username]", "lin")
    tab.fill("[name=password]", PASSWORD)
    tab.click("[type=submit]")
    tab.wait_for_selector("#id_files")


def assert_accessible(tab):
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def headlines() -> set[str]:
    with turn:
        return set(Article.objects.values_list("headline", flat=True))


def test_files_are_read_one_by_one_looked_at_and_stored(tab, live_server):
    faults = []
    watch(tab, faults)
    sign_in(tab, live_server.url)
    assert_accessible(tab)
    tab.set_input_files("#id_files", [report(1), broken(), report(2)])
    tab.press(".submit-row [type=submit]", "Enter")
    expect(tab.locator(".progress .state")).to_have_text("已读 2 个，共 3 个，1 个未能导入")
    expect(tab.locator(".files .errors")).to_have_text(
        "这是旧格式的 .doc 或 .wps 文件。请打开后另存为 .docx。"
    )
    assert tab.evaluate("document.activeElement.textContent") == "查看读到的文稿"
    assert_accessible(tab)
    tab.goto(live_server.url + ADD)
    tab.locator(".drop").evaluate(DROP)
    tab.click(".submit-row [type=submit]")
    tab.wait_for_selector(".document >> nth=2")  # Where nothing is refused, it goes on by itself.
    expect(tab.locator(".document")).to_have_count(3)
    expect(tab.locator(".document .notes q").first).to_have_text("内部")
    assert tab.locator(".pictures img").first.evaluate("img => img.decode().then(() => true)")
    assert_accessible(tab)
    tab.locator(".document", has_text="稿件2.docx").locator("[name=document]").uncheck()
    tab.click("[name=store]")
    expect(tab.locator(".submit-row .state")).to_have_text("已存 2 篇，共 2 篇")
    assert_accessible(tab)
    assert headlines() == {"第1个便民服务点启用", "图书馆延长开放"}
    tab.click(".outcome a >> nth=0")
    tab.wait_for_selector(".source-documents a")
    # The checker of accessibility sets inline styles, which our policy bars.
    assert [each for each in faults if "422" not in each and "inline style" not in each] == []


def test_without_scripts_the_form_takes_all_files_and_stores_them(chromium, live_server):
    context = new_context(chromium, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, live_server.url)
    tab.set_input_files("#id_files", [report(1), broken(), report(2)])
    tab.click(".submit-row [type=submit]")
    expect(tab.locator(".messagelist .error")).to_contain_text("旧稿.doc")
    expect(tab.locator(".document")).to_have_count(2)
    tab.click("[name=store]")
    expect(tab.locator(".messagelist .success")).to_contain_text("已建立 2 篇草稿")
    assert headlines() == {"第1个便民服务点启用", "第2个便民服务点启用"}
    with turn:
        assert SourceDocument.objects.filter(article=None).count() == 0
    context.close()
