"""The zone screen in a real browser: by mouse, by keys alone, and accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction

from articles.facsimiles import storing
from articles.intake import raw_pages
from articles.intake.pdf_pages import parse_pdf
from articles.models import Zone
from articles.tests.browser_sessions import AXE_OPTIONS, PASSWORD, watch
from articles.tests.facsimiles.making import made_page, make_facsimile
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.intake.page_pdf import pdf_files
from articles.tests.sqlite_lock import turn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHAPES = ".zones-picture polygon"


@pytest.fixture
def screen(tab, live_server):
    with turn:
        make_chief(username="lin", name="林晓禾")
        page = make_page(issue=make_issue(released_at=None))
        articles = [make_article(page=page, headline=f"第{n}篇") for n in (1, 2)]
        make_facsimile(page, *articles)
    tab.goto(f"{live_server.url}/admin/articles/page/{page.pk}/zones/")
    tab.fill("[name=username]", "lin")
    tab.fill("[name=password]", PASSWORD)
    tab.click("[type=submit]")
    tab.wait_for_selector(SHAPES)
    return tab


def save(tab):
    with tab.expect_navigation():
        tab.click(".submit-row [type=submit]")
    with turn:
        return list(Zone.objects.order_by("order").values_list("article__headline", "polygon"))


def place(tab, x, y):
    box = tab.locator(".zones-picture svg").bounding_box()
    return box["x"] + box["width"] * x / 1000, box["y"] + box["height"] * y / 1000


def drag(tab, start, end):
    tab.mouse.move(*place(tab, *start))
    tab.mouse.down()
    tab.mouse.move(*place(tab, *end), steps=4)
    tab.mouse.up()


def test_zones_are_moved_joined_cut_and_undone_by_keys_alone(screen):
    screen.focus(SHAPES)
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Shift+ArrowDown")
    screen.keyboard.press("Alt+ArrowRight")
    first = "51,90 452,90 452,710 51,710"
    assert screen.input_value("[name=form-0-corners]") == first
    screen.keyboard.press("v")
    assert screen.locator(SHAPES).count() == 3
    screen.keyboard.press("Control+z")
    assert screen.locator(SHAPES).count() == 2
    screen.keyboard.press("n")
    screen.keyboard.press("Delete")
    assert screen.locator(SHAPES).count() == 2
    assert save(screen)[0] == ("第1篇", [[51, 90], [452, 90], [452, 710], [51, 710]])


def test_zones_are_drawn_and_moved_by_mouse(screen):
    screen.set_viewport_size({"width": 1300, "height": 1900})
    screen.click("[data-act=draw]")
    drag(screen, (100, 750), (300, 900))
    drag(screen, (600, 300), (610, 320))
    screen.select_option("[name=form-4-article]", label="第2篇")
    found = save(screen)
    assert [name for name, _ in found] == ["第1篇", "第2篇", "第2篇"]
    assert all(abs(x - 510) < 4 or abs(x - 960) < 4 for x, _ in found[1][1])
    assert all(abs(y - 750) < 4 or abs(y - 900) < 4 for _, y in found[2][1])


def test_two_zones_become_one(screen):
    screen.focus(SHAPES)
    screen.keyboard.press("j")
    screen.locator(SHAPES).nth(1).focus()
    assert save(screen) == [("第1篇", [[50, 80], [950, 80], [950, 700], [50, 700]])]


def test_the_screen_is_accessible_and_breaks_nothing(screen):
    problems = []
    watch(screen, problems)
    screen.reload()
    screen.wait_for_selector(SHAPES)
    assert problems == []
    found = Axe().run(screen, options=AXE_OPTIONS).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_an_article_of_the_galley_lights_up_its_areas(tab, live_server):
    with turn:
        make_chief(username="lin", name="林晓禾")
        page = make_page(issue=make_issue(released_at=None), label="A2")
        (parsed,) = parse_pdf(pdf_files.sound_pdf())
        raw = raw_pages.create_raw_page(page, parsed, by=None)
        with transaction.atomic():
            storing.store(page, made_page(), raw_page=raw)
    tab.goto(f"{live_server.url}/admin/articles/rawpage/{raw.pk}/change/")
    tab.fill("[name=username]", "lin")
    tab.fill("[name=password]", PASSWORD)
    tab.click("[type=submit]")
    tab.wait_for_selector(".page-picture polygon")
    assert tab.locator(".page-picture polygon.lit").count() == 0
    tab.hover(".item .part")
    assert tab.locator(".page-picture polygon.lit").count() == 1
    assert tab.evaluate("document.querySelector('.page-picture img').naturalWidth") > 1000
