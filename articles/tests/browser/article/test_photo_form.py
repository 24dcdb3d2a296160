"""The photo form in a real browser, under the site's own Content-Security-Policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from articles.models import Member, Photo
from articles.tests import factories
from articles.tests.browser_sessions import AXE_RULES
from articles.tests.picture_cases import saved, two_coloured

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
    photo = factories.make_photo(size=(600, 400))
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
    photo = factories.make_photo(size=(600, 400))
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


def middle_of(desk, shape: int) -> list[int]:
    """The red, green and blue in the middle of the canvas of a crop."""
    return (
        desk.locator(".crop canvas")
        .nth(shape)
        .evaluate(
            "canvas => [...canvas.getContext('2d').getImageData("
            "canvas.width / 2, canvas.height / 2, 1, 1).data].slice(0, 3)"
        )
    )


def test_a_crop_is_seen_at_once_by_numbers_and_by_dragging(desk, live_server):
    photo = factories.make_photo(size=(60, 40))
    photo.file.save("a.png", ContentFile(saved(two_coloured((600, 400)), "PNG")), save=False)
    photo.save()
    desk.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/change/")
    square = desk.locator(".crop canvas").nth(1)
    expect(square).to_be_visible()
    desk.fill("[name=crops-square-left]", "60")
    desk.fill("[name=crops-square-top]", "10")
    desk.fill("[name=crops-square-width]", "30")
    assert middle_of(desk, 1) == pytest.approx([0, 0, 255], abs=12)
    box = square.bounding_box()
    start = box["x"] + 20, box["y"] + 20
    desk.mouse.move(*start)
    desk.mouse.down()
    desk.mouse.move(start[0] + box["width"], start[1])
    desk.mouse.up()
    expect(desk.locator("[name=crops-square-left]")).to_have_value("30.0")
    desk.mouse.move(*start)
    desk.mouse.down()
    desk.mouse.move(start[0] + 150, start[1] - 2000, steps=4)
    desk.mouse.up()
    assert middle_of(desk, 1) == pytest.approx([255, 0, 0], abs=12)
    desk.click("[name=_save]")
    desk.wait_for_selector(".messagelist .success")
    (crop,) = Photo.objects.get().crops.items()
    assert crop[0] == "square"
    left = 0.3 - 0.3 * 150 / box["width"]
    assert crop[1] == pytest.approx([left, 0.55, left + 0.3, 1.0], abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_forms_and_beside_the_board(tab, live_server, scheme):
    photo, page = factories.make_photo(size=(600, 400)), factories.make_page()
    factories.make_article(page=page)
    # Not `desk`: the policy of the page stops some of what axe itself tries.
    log_in(tab, live_server)
    tab.emulate_media(color_scheme=scheme)
    issue = f"/admin/articles/issue/{page.issue_id}"
    # Django's own table of rows has a head without words, against the best practice alone.
    rules = [rule for rule in AXE_RULES if rule != "best-practice"]
    options = {"runOnly": {"type": "tag", "values": rules}}
    found = {}
    for address in (
        f"/admin/articles/photo/{photo.pk}/change/",
        f"{issue}/change/",
        f"{issue}/previews/",
        f"{issue}/release/",
    ):
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
