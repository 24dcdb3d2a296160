"""Names, roles and tags while they are typed, shortcuts, and the clicks that a story takes."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from articles.models import Article
from articles.tests import factories
from articles.tests.browser_sessions import BODY, desk, faults, save
from articles.tests.sqlite_lock import turn

__all__ = ["desk", "faults"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROW = "#bylines-0"
# Counts the clicks of the mouse in a page, also after it has gone to the next one.
COUNT_CLICKS = """addEventListener("pointerdown", () => {
    sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1
}, { capture: true })"""


def test_a_typed_name_links_itself_and_is_shown_as_linked(desk):
    lin = factories.make_contributor(name="林晓禾", role="记者")
    factories.make_contributor(name="周一鸣")
    factories.make_contributor(name="周一鸣", distinction="摄影")
    page = desk(factories.make_chief())
    page.fill("[name=headline]", "有作者")
    page.click(f"{ROW} [name$=-name]")
    page.keyboard.type("林晓")
    expect(page.locator("#name-suggestions option")).to_have_attribute("value", "林晓禾")
    page.keyboard.type("禾")
    page.keyboard.press("Tab")
    expect(page.locator(f"{ROW} .select2-selection__rendered")).to_contain_text("林晓禾")
    expect(page.locator(f"{ROW} [name$=-role]")).to_have_value("记者")
    page.fill(f"{ROW} [name$=-name]", "周一鸣")
    page.keyboard.press("Tab")
    expect(page.locator(f"{ROW} select")).to_have_value("")
    page.fill(f"{ROW} [name$=-name]", "林晓禾")
    save(page)
    with turn:
        byline = Article.objects.get().bylines.get()
    assert (byline.role, byline.name, byline.contributor_id) == ("记者", "林晓禾", lin.pk)


def test_a_chosen_contributor_fills_role_and_name(desk):
    factories.make_contributor(name="林晓禾", role="记者", distinction="要闻部")
    page = desk(factories.make_chief())
    page.click(f"{ROW} .select2-selection")
    page.keyboard.insert_text("林")
    page.click(".select2-results__option--highlighted:has-text('林晓禾')")
    expect(page.locator(f"{ROW} [name$=-name]")).to_have_value("林晓禾")
    expect(page.locator(f"{ROW} [name$=-role]")).to_have_value("记者")


def test_the_last_tag_of_a_line_is_completed(desk):
    factories.make_article(status="draft").tags.add("便民服务")
    page = desk(factories.make_chief())
    page.click("[name=tags]")
    page.keyboard.type("民生，便")
    option = page.locator("#tag-suggestions option")
    expect(option).to_have_attribute("value", "民生，便民服务")


def test_shortcuts_are_shown_by_a_key_where_nothing_is_typed(desk):
    page = desk(factories.make_chief())
    shortcuts = page.locator("#shortcuts")
    page.focus(".more > summary")
    page.keyboard.press("?")
    expect(shortcuts).to_be_visible()
    page.keyboard.press("Escape")
    expect(shortcuts).not_to_be_visible()
    page.focus("[name=headline]")
    page.keyboard.type("为什么?")
    assert page.input_value("[name=headline]") == "为什么?"
    expect(shortcuts).not_to_be_visible()


def test_a_story_with_names_a_photo_and_tags_takes_few_clicks(desk, tmp_path):
    Image.new("RGB", (300, 200)).save(tmp_path / "DSC_0001.jpg")
    for name in ("徐帆", "徐梦超"):
        factories.make_contributor(name=name, role="记者")
    page = desk(factories.make_chief())
    page.add_init_script(COUNT_CLICKS)
    page.evaluate(COUNT_CLICKS)
    page.click("[name=headline]")
    page.keyboard.type("河埠路便民服务点启用")
    page.click(BODY)
    page.keyboard.insert_text("云溪区河埠路便民服务点昨天启用。" * 32)
    for number, name in enumerate(("徐帆", "徐梦超")):
        if number:
            page.click("#bylines-group .add")
        page.click(f"#bylines-{number} [name$=-name]")
        page.keyboard.type(name)
    page.click("[name=tags]")
    page.keyboard.type("民生，便民服务")
    with page.expect_file_chooser() as chooser:
        page.click("#id_photos")
    chooser.value.set_files(tmp_path / "DSC_0001.jpg")
    page.click(".photo-card [data-fact=alt]")
    page.keyboard.type("群众在窗口办事")
    page.click("[name=captions-0-words]")
    page.keyboard.type("昨天，群众在窗口办事。")
    expect(page.locator(".photo-card[data-state=stored]")).to_have_count(1)
    page.click(".save-bar .move.default")
    expect(page.locator(".messagelist")).to_contain_text("已送审。")
    assert int(page.evaluate("sessionStorage.clicks")) <= 12
    with turn:
        article = Article.objects.get()
        bylines = [(row.role, row.name, str(row.contributor)) for row in article.bylines.all()]
        words = article.captions.get().words
    assert article.status == "first_review"
    assert bylines == [("记者", "徐帆", "徐帆"), ("记者", "徐梦超", "徐梦超")]
    assert words == "昨天，群众在窗口办事。"
