"""Share cards: drawn once, kept as a file, shown only while readers see what they show."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles import revisions
from articles.checks import share_card_font
from articles.models import Article, Photo, Status
from articles.sharing import cards, fonts
from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.workflow import transitions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def font():
    """A machine with a Song font."""
    if fonts.find_font("") is None:
        # `make test` names these tests in its last line, and fails where CI is set.
        pytest.skip("needs Noto Serif CJK (fonts-noto-cjk)")


@pytest.fixture
def article():
    factories.make_masthead(name="云溪日报")
    return factories.make_article(page=factories.make_page(), headline="社区食堂今日开放")


def address(article) -> str:
    return f"/cards/articles/{article.pk}.jpg"


def stored(subject: str) -> list[str]:
    """Return the files that are kept of the cards of an article or issue."""
    folder = Path(default_storage.location) / "cards" / subject
    return sorted(path.name for path in folder.glob("*"))


def picture(response) -> Image.Image:
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    image = Image.open(BytesIO(response.content))
    image.load()
    return image


def test_a_card_is_1200_by_630_and_may_be_embedded_and_kept_a_minute(client, article):
    response = client.get(address(article))
    assert picture(response).size == (1200, 630)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=60"


def test_a_card_is_drawn_once_and_kept(client, article):
    first = client.get(address(article)).content
    (name,) = stored(f"articles/{article.pk}")
    path = Path(default_storage.location) / "cards" / "articles" / str(article.pk) / name
    made_at = path.stat().st_mtime_ns
    assert client.get(address(article)).content == first
    assert path.stat().st_mtime_ns == made_at


def test_an_unchanged_card_is_not_sent_again(client, article):
    first = client.get(address(article))
    again = client.get(address(article), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    article.headline = "另一个主题"
    article.save()
    changed = client.get(address(article), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_a_corrected_headline_is_drawn_anew_and_the_earlier_card_deleted(client, article):
    before = client.get(address(article)).content
    names = stored(f"articles/{article.pk}")
    Article.objects.update(headline="社区食堂明日开放")
    assert client.get(address(article)).content != before
    assert len(stored(f"articles/{article.pk}")) == 1
    assert stored(f"articles/{article.pk}") != names


def test_the_photo_stands_on_the_right_around_its_focus(client, article):
    photo = factories.make_photo(size=(900, 600))
    factories.make_caption(article=article, photo=photo)
    image = picture(client.get(address(article)))
    left, right = image.getpixel((20, 400)), image.getpixel((1000, 400))
    assert (min(left) > 240, max(right) < 140) == (True, True)


def test_a_picture_that_a_program_made_is_not_shown_since_a_card_has_no_mark(client, article):
    plain = client.get(address(article)).content
    factories.make_caption(article=article, photo=factories.make_photo(generated="generated"))
    assert client.get(address(article)).content == plain


def test_a_photo_whose_file_is_missing_leaves_the_words(client, article):
    caption = factories.make_caption(article=article)
    Photo.objects.filter(pk=caption.photo.pk).update(file="photos/xx/gone.jpg")
    assert picture(client.get(address(article))).size == (1200, 630)


def test_nothing_is_shown_before_its_minute(client):
    issue = factories.make_issue(released_at=timezone.now() + timedelta(minutes=1))
    article = factories.make_article(page=factories.make_page(issue=issue))
    assert client.get(address(article)).status_code == 404
    assert client.get("/cards/2024-07-27.jpg").status_code == 404


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SIGNED])
def test_what_is_not_signed_has_no_card(client, status):
    article = factories.make_article(page=factories.make_page(), status=status)
    assert client.get(address(article)).status_code == 404


def test_the_card_of_a_withdrawn_article_is_gone_though_its_file_was_kept(client, article):
    client.get(address(article))
    revisions.current(article)
    transitions.move(article, "withdraw", by=factories.make_chief(), note="事实有误", version=1)
    response = client.get(address(article))
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")


def test_an_issue_has_a_card_too(client, article):
    assert picture(client.get("/cards/2024-07-27.jpg")).size == (1200, 630)
    assert client.get("/cards/2024-07-28.jpg").status_code == 404


def test_a_release_draws_the_cards_that_are_missing(django_assert_num_queries):
    page = factories.make_page(issue=factories.make_issue(released_at=None))
    articles = [factories.make_article(page=page) for _ in range(3)]
    factories.make_article(page=page, status=Status.DRAFT)
    factories.make_caption(article=articles[0])
    with django_assert_num_queries(5):
        assert cards.draw_cards(page.issue) == 4
    assert [len(stored(f"articles/{each.pk}")) for each in articles] == [1, 1, 1]
    assert len(stored("issues/2024-07-27")) == 1


def test_a_card_takes_six_queries_and_that_of_an_issue_four(
    client, article, django_assert_num_queries
):
    factories.make_caption(article=article)
    with django_assert_num_queries(6):
        client.get(address(article))
    with django_assert_num_queries(4):
        client.get("/cards/2024-07-27.jpg")


def test_the_head_of_an_article_and_of_an_issue_names_its_card(client, article):
    page = Parsed(client.get(article.get_absolute_url()))
    site = "http://testserver"
    assert page.meta("og:image") == [f"{site}{address(article)}?v=0"]
    assert page.meta("og:image:alt") == ["云溪日报：社区食堂今日开放"]
    assert page.meta("twitter:card") == ["summary_large_image"]
    front = Parsed(client.get("/"))
    assert front.meta("og:image") == [f"{site}/cards/2024-07-27.jpg"]
    assert front.meta("og:image:width") + front.meta("og:image:height") == ["1200", "630"]


def test_without_a_font_the_head_names_the_photo_and_the_check_warns(
    client, article, monkeypatch, settings
):
    assert share_card_font() == []
    settings.SHARE_CARD_FONT = ""
    monkeypatch.setattr(fonts, "USUAL", ())
    fonts.find_font.cache_clear()
    photo = factories.make_caption(article=article).photo
    try:
        page = Parsed(client.get(article.get_absolute_url()))
        assert page.meta("og:image") == [f"http://testserver/photos/{photo.uid}/wide.jpg"]
        assert client.get(address(article)).status_code == 404
        assert [warning.id for warning in share_card_font()] == ["articles.W001"]
        assert cards.draw_cards(article.page.issue) == 0
    finally:
        fonts.find_font.cache_clear()


def test_a_file_that_is_no_font_is_no_font(tmp_path):
    path = tmp_path / "font.ttc"
    path.write_text("no font")
    assert fonts.find_font(str(path)) is None


def test_a_collection_gives_its_face_for_mainland_china():
    path, face = fonts.find_font("")
    assert fonts.sized((path, face), 20).getname()[0].endswith(" SC")
