"""The photo tray and the photo chooser in a real browser, by mouse and by keyboard."""

import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from articles.content.figures import figure_html
from articles.models import Article, Caption, Photo
from articles.tests import factories
from articles.tests.browser_sessions import (
    AXE_OPTIONS,
    BODY,
    PASSWORD,
    change,
    desk,
    end_logins,
    faults,
    save,
    type_body,
    wait_for_autosave,
)
from articles.tests.chromium import new_context
from articles.tests.gunicorn_server import until
from articles.tests.sqlite_lock import rest, turn

__all__ = ["desk", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CARD = ".photo-card"
ROW = "#captions-group .row:not(.empty-form)"


@pytest.fixture
def files(tmp_path) -> list[str]:
    """Twelve pictures of one event, and after the second one a file that is none."""
    paths = [tmp_path / f"DSC_{number:04}.jpg" for number in range(12)]
    for number, path in enumerate(paths):
        noise = random.Random(number).randbytes(36)
        Image.frombytes("L", (6, 6), noise).resize((300, 200)).convert("RGB").save(path)
    (tmp_path / "坏文件.jpg").write_bytes(b"<svg/>")
    return [*paths[:2], tmp_path / "坏文件.jpg", *paths[2:]]


def drop(page, selector, files):
    """Drop files on an element, as from a folder of the machine."""
    given = [[path.name, [*path.read_bytes()]] for path in files]
    page.evaluate(
        """([selector, given]) => {
            const dataTransfer = new DataTransfer(), type = "image/jpeg"
            for (const [name, bytes] of given) {
                dataTransfer.items.add(new File([new Uint8Array(bytes)], name, {type}))
            }
            const options = {dataTransfer, bubbles: true, cancelable: true}
            document.querySelector(selector).dispatchEvent(new DragEvent("drop", options))
        }""",
        [selector, given],
    )


def violations(page) -> list[str]:
    """Return what axe finds on the open page, light and dark."""
    found = []
    page.add_style_tag(content="* { transition: none !important }")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rules = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        found += [f"{scheme} {rule['id']}: {rule['nodes'][0]['target'][0]}" for rule in rules]
    return found


def rows() -> list[tuple]:
    """Return what is stored of the captions, in order."""
    with turn:
        captions = Caption.objects.order_by("position")
        return [*captions.values_list("words", "photo__credit", "photo__place")]


def test_twelve_pictures_of_one_event_take_a_drop_and_one_credit(desk, files):
    page = desk(factories.make_chief())
    page.fill("[name=headline]", "便民服务点启用")
    drop(page, "[data-photo-tray]", files)
    page.fill("[data-common=credit]", "周一鸣 摄")
    page.fill("[data-common=place]", "河埠路")
    page.click("[data-fill]")
    expect(page.locator(f"{CARD}[data-state=stored]")).to_have_count(12)
    assert page.locator(f"{CARD}[data-state=failed] strong").inner_text() == "坏文件.jpg"
    refused = page.locator(f"{CARD}[data-state=failed] .state").inner_text()
    assert refused == "这不是 JPEG、PNG 或 WebP 图片（以文件内容为准，与扩展名无关）。"
    expect(page.locator(ROW)).to_have_count(12)
    page.fill("#id_captions-0-words", "第一张。")
    wait_for_autosave(**{"captions-TOTAL_FORMS": "12", "captions-0-words": "第一张。"})
    names = page.locator(f"{CARD}[data-state=stored] strong").all_inner_texts()
    assert names == [f"DSC_{number:04}.jpg" for number in range(12)]
    page.click(f"{CARD}[data-state=failed] [data-remove]")
    save(page)
    expected = ("周一鸣 摄", "河埠路")
    assert rows() == [("第一张。", *expected), *[("", *expected)] * 11]


def test_a_photo_is_searched_and_chosen_with_the_keyboard_alone(desk):
    used, wanted, other = (factories.make_photo(alt=alt) for alt in ("窗口", "稻田", "老桥"))
    factories.make_caption(article=factories.make_article(headline="旧闻"), photo=used)
    page = desk(factories.make_chief())
    page.fill("[name=headline]", "早稻开镰")
    page.focus("#captions-group .add")
    page.keyboard.press("Enter")
    page.focus("#captions-0 .choose")
    page.keyboard.press("Enter")
    expect(page.locator(".choices .alt")).to_have_text(["老桥", "稻田", "窗口"])
    page.keyboard.type("旧闻")
    expect(page.locator(".choices .alt")).to_have_text(["窗口"])
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".choices .alt")).to_have_text(["老桥", "稻田"])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#photo-chooser")).not_to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "换一张…"
    expect(page.locator("#captions-0 .thumb img")).to_have_js_property("naturalWidth", 60)
    type_body(page, "第一段。")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("第二段。")
    page.keyboard.press("ArrowUp")
    page.focus("#captions-0 .place")
    page.keyboard.press("Enter")
    expect(page.locator(f"{BODY} .photo-place img")).to_have_js_property("naturalWidth", 60)
    save(page)
    with turn:
        captions = Caption.objects.select_related("article", "photo")
        caption = captions.get(article__headline="早稻开镰")
    assert caption.photo == wanted
    place = figure_html(str(wanted.uid))
    assert caption.article.body == f"<p>第一段。</p>{place}<p>第二段。</p>"
    assert other.pk > wanted.pk


def test_a_lost_connection_is_waited_for_and_each_file_stored_once(desk, files):
    page = desk(factories.make_chief())
    leaves = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.evaluate(leaves)
    page.route(re.compile("/photo/upload/"), lambda route: route.abort())
    page.set_input_files("#id_photos", files[:2])
    expect(page.locator(f"{CARD}[data-state=offline]")).to_have_count(2)
    assert not page.evaluate(leaves), "the page asks before it is left"
    page.unroute(re.compile("/photo/upload/"))
    page.locator("[data-retry]").first.click()
    expect(page.locator(f"{CARD}[data-state=stored]")).to_have_count(2)
    with turn:
        assert Photo.objects.count() == 2
        assert Article.objects.count() == 0


def test_after_the_login_was_renewed_all_files_go_on(desk, files):
    page = desk(factories.make_chief())
    page.fill("[name=headline]", "便民服务点启用")
    end_logins()
    page.set_input_files("#id_photos", files[:2] + files[3:5])
    expect(page.locator(f"{CARD}[data-state=login]")).to_have_count(4)
    page.fill("dialog[open] [name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(f"{CARD}[data-state=stored]")).to_have_count(4)


def test_who_may_not_add_photos_is_told_so_at_the_paste_of_one(desk, roles):
    page = desk(roles("校对"), change(factories.make_article()))
    page.evaluate(
        """async (selector) => {
            const file = new File(["x"], "a.png", {type: "image/png"}), data = new DataTransfer()
            data.items.add(file)
            document.querySelector(selector).dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        BODY,
    )
    told = page.locator(".paste-notice p")
    assert told.inner_text() == "您的账号不能添加图片，请找有此权限的同事。"


def test_who_stays_after_saving_in_mid_upload_can_save_later(desk, files):
    page = desk(factories.make_chief())
    page.fill("[name=headline]", "便民服务点启用")
    held = []
    page.route(re.compile("/photo/upload/"), lambda route: held.append(route))
    page.set_input_files("#id_photos", files[:1])
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click(".save-bar [name=_continue]", no_wait_after=True)
    until(lambda: page.wait_for_timeout(50) or asked, "the question whether to leave")
    held[0].continue_()
    expect(page.locator(f"{CARD}[data-state=stored]")).to_have_count(1)
    save(page)
    with turn:
        assert [*Caption.objects.values_list("article__headline")] == [("便民服务点启用",)]


@pytest.fixture
def page(chromium):
    """A tab without the policy of the pages, which stops some of what axe itself tries."""
    context = new_context(chromium, bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()
    rest()


def test_axe_finds_nothing_on_the_tray_and_the_chooser(page, live_server, files):
    chief = factories.make_chief()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/articles/photo/tray/")
    page.fill("[name=username]", chief.username)
    page.fill("[name=password]", "correct horse battery")
    page.click("[type=submit]")
    page.set_input_files("#id_photos", files[1:4])
    expect(page.locator(f"{CARD}[data-state=stored]")).to_have_count(2)
    found = {"library": violations(page)}
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.wait_for_selector(BODY)
    page.wait_for_load_state()
    page.set_input_files("#id_photos", [files[1], files[2], files[5]])
    expect(page.locator(ROW)).to_have_count(1)
    found["article"] = violations(page)
    page.locator(f"{CARD}[data-state=similar]").get_by_text("用这一张").click()
    expect(page.locator(f"{ROW} .thumb img")).to_have_count(2)
    page.click("#captions-0 .choose")
    page.wait_for_selector("#photo-chooser .choices input")
    found["chooser"] = violations(page)
    page.set_viewport_size({"width": 390, "height": 800})
    found["narrow"] = violations(page)
    assert found == dict.fromkeys(found, [])
