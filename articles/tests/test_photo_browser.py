"""The photo form in a real browser, under the site's own Content-Security-Policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Member, Photo

from . import make
from .test_board_browser import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PICTURE = "img.imagefield-preview-image"


def log_in(tab, live_server):
    Member.objects.create_superuser("chief", password="correct horse battery")
    tab.goto(f"{live_server.url}/admin/login/")
    tab.fill("[name=username]", "chief")
    tab.fill("[name=password]", "correct horse battery")
    tab.click("[type=submit]")
    tab.wait_for_url("**/admin/")


@pytest.fixture
def desk(tab, live_server):
    """A tab of a member who is logged in; at the end the browser must have no complaint."""
    faults = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    log_in(tab, live_server)
    yield tab
    assert faults == []


def test_a_click_on_the_picture_sets_its_focal_point(desk, live_server):
    photo = make.make_photo(size=(600, 400))
    desk.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/change/")
    expect(desk.locator(PICTURE)).to_have_js_property("naturalWidth", 600)
    box = desk.locator(PICTURE).bounding_box()
    desk.click(PICTURE, position={"x": box["width"] / 4, "y": box["height"] * 0.75})
    left = desk.locator(".imagefield-point").evaluate("point => parseFloat(point.style.left)")
    assert abs(left - box["width"] / 4) < 3
    desk.click("[name=_save]")
    desk.wait_for_selector(".messagelist .success")
    focus = [float(part) for part in Photo.objects.get().focus.split("x")]
    assert focus == pytest.approx([0.25, 0.75], abs=0.01)


def test_the_focal_point_is_set_with_the_keyboard_alone(desk, live_server):
    photo = make.make_photo(size=(600, 400))
    desk.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/change/")
    expect(desk.locator(PICTURE)).to_have_js_property("naturalWidth", 600)
    desk.focus("[name=file]")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.labels[0].textContent.trim()") == "焦点左右"
    desk.keyboard.press("Home")
    desk.keyboard.press("Tab")
    for _ in range(10):
        desk.keyboard.press("ArrowRight")
    box = desk.locator(PICTURE).bounding_box()
    top = desk.locator(".imagefield-point").evaluate("point => parseFloat(point.style.top)")
    assert abs(top - box["height"] * 0.6) < 3
    desk.click(PICTURE, position={"x": box["width"] * 0.9, "y": box["height"] / 2})
    expect(desk.locator("[type=range]").first).to_have_value("90")
    desk.focus("[type=range] >> nth=0")
    desk.keyboard.press("Home")
    desk.click("[name=_save]")
    desk.wait_for_selector(".messagelist .success")
    focus = [float(part) for part in Photo.objects.get().focus.split("x")]
    assert focus == pytest.approx([0, 0.5], abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_forms_and_beside_the_board(tab, live_server, scheme):
    photo, page = make.make_photo(size=(600, 400)), make.make_page()
    make.make_article(page=page)
    # Not `desk`: the policy of the page stops some of what axe itself tries.
    log_in(tab, live_server)
    tab.emulate_media(color_scheme=scheme)
    issue = f"/admin/articles/issue/{page.issue_id}"
    # Django's own table of rows has a head without words, against the best practice alone.
    rules = [rule for rule in RULES if rule != "best-practice"]
    options = {"runOnly": {"type": "tag", "values": rules}}
    found = {}
    for address in (f"/admin/articles/photo/{photo.pk}/change/", f"{issue}/change/",
                    f"{issue}/previews/", f"{issue}/release/"):  # fmt: skip
        tab.goto(live_server.url + address)
        tab.wait_for_load_state("networkidle")
        faults = Axe().run(tab, options=options).response["violations"]
        found |= {address: [fault["id"] for fault in faults]} if faults else {}
    assert found == {}


def test_a_refused_file_keeps_what_was_typed(desk, live_server, tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"<svg/>")
    desk.goto(f"{live_server.url}/admin/articles/photo/add/")
    desk.fill("[name=alt]", "河埠路便民服务点的窗口")
    desk.set_input_files("[name=file]", tmp_path / "照片.jpg")
    desk.click("[name=_save]")
    error = desk.text_content(".field-file .errorlist")
    assert error == "这不是 JPEG、PNG 或 WebP 图片（以文件内容为准，与扩展名无关）。"
    assert desk.input_value("[name=alt]") == "河埠路便民服务点的窗口"
