"""Photos and tables on the page of an article."""

import pytest

from articles.content.figures import figure_html
from articles.models import Article
from articles.tests.factories import (
    make_article,
    make_caption,
    make_column,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db

HAS_SCROLLED = """new Promise(done => (function look() {
  document.querySelector(".table").scrollLeft > 0 ? done() : requestAnimationFrame(look);
})())"""


def read(client, article: Article) -> Parsed:
    return Parsed(client.get(article.get_absolute_url()))


def test_a_photo_stands_after_the_second_paragraph_with_its_words_and_credit(client):
    article = make_article(page=make_page(), paragraphs=["一。", "二。", "三。"])
    photo = make_photo(size=(1500, 1000), credit="周一鸣 摄", alt="服务点大厅")
    make_caption(article=article, photo=photo, words="新启用的服务点。")
    page = read(client, article)
    (prose,) = page.all(".//div[@class='prose']")
    assert [part.tag for part in prose] == ["p", "p", "figure", "p"]
    assert page.text(".//figcaption") == "新启用的服务点。 周一鸣 摄"
    (image,) = page.all(".//figure/img")
    assert image.attrib == {
        "src": f"/photos/{photo.uid}/wide.jpg",
        "srcset": f"/photos/{photo.uid}/small.jpg 720w, /photos/{photo.uid}/wide.jpg 1440w",
        "sizes": "(min-width: 46rem) 42rem, calc(100vw - 2.5rem)",
        "width": "1440",
        "height": "960",
        "alt": "服务点大厅",
    }


def test_a_photo_stands_where_the_text_has_its_place_and_the_others_where_they_did(client):
    first, placed = make_photo(), make_photo()
    body = f"<p>一。</p><p>二。</p><p>三。</p>{figure_html(str(placed.uid))}<p>四。</p>"
    article = make_article(page=make_page(), body=body)
    make_caption(article=article, photo=first, words="第一张")
    caption = make_caption(article=article, photo=placed, words="第二张")
    page = read(client, article)
    (prose,) = page.all(".//div[@class='prose']")
    assert [part.tag for part in prose] == ["p", "p", "figure", "p", "figure", "p"]
    assert page.texts(".//figcaption") == ["第一张 周一鸣 摄", "第二张 周一鸣 摄"]
    caption.delete()
    (prose,) = read(client, article).all(".//div[@class='prose']")
    assert [part.tag for part in prose] == ["p", "p", "figure", "p", "p"]


def test_photo_news_shows_its_picture_first_then_its_words(client):
    column = make_column(name="重点项目")
    article = make_article(
        page=make_page(),
        genre="photo",
        headline="",
        column=column,
        paragraphs=["日前，云溪大桥工程竣工。"],
    )
    make_caption(article=article, words="")
    page = read(client, article)
    (body,) = page.all(".//article")
    order = [part.get("class") for part in body]
    assert order.index("pic") < order.index("prose")
    assert page.text(".//h1") == "重点项目：日前，云溪大桥工程竣工"
    assert page.texts(".//figure/p[@class='lanmu']") == ["重点项目"]
    assert page.text(".//figcaption") == "周一鸣 摄"
    assert page.texts(".//div[@class='prose']/p") == ["日前，云溪大桥工程竣工。"]


@pytest.mark.parametrize(
    ("generated", "credit", "printed"),
    [
        ("", "周一鸣 摄", "周一鸣 摄"),
        ("generated", "周一鸣 制图", "周一鸣 制图（AI 生成）"),
        ("composite", "周一鸣 摄", "周一鸣 摄（部分 AI 生成）"),
        ("suspected", "", "疑似 AI 生成"),
        ("generated", "AI 生成", "AI 生成"),
    ],
)
def test_the_mark_of_a_generated_picture_is_printed_with_its_credit(
    client, generated, credit, printed
):
    article = make_article(page=make_page(), genre="photo", rank=1)
    make_caption(article=article, photo=make_photo(generated=generated, credit=credit))
    for where in (article.get_absolute_url(), "/2024-07-27/", "/2024-07-27/A1/"):
        credits = Parsed(client.get(where)).texts(".//span[@class='credit']")
        assert credits == [printed], where


@pytest.mark.browser
def test_a_wide_table_scrolls_alone_on_a_phone(live_server, tab):
    cells = "<td>一千二百件</td>" * 12
    article = make_article(page=make_page(), body=f"<table><tr>{cells}</tr></table>")
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(live_server.url + article.get_absolute_url())
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    assert tab.evaluate(
        "(frame => frame.scrollWidth > frame.clientWidth)(document.querySelector('.table'))"
    )
    tab.focus(".table")
    tab.keyboard.press("ArrowRight")
    tab.evaluate(HAS_SCROLLED)


def test_a_tall_picture_is_set_slim(client):
    for size, classes in (((60, 90), "pic slim"), ((90, 60), "pic")):
        article = make_article(page=make_page(issue=make_issue(edition=size[0])))
        make_caption(article=article, photo=make_photo(size=size))
        (figure,) = Parsed(client.get(article.get_absolute_url())).all(".//figure")
        assert figure.get("class") == classes
