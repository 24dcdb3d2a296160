"""Photos are found by what is known of them and by the articles that used them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Photo
from articles.photos import library
from articles.tests.factories import make_article, make_caption, make_contributor, make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos():
    """Two photos in use, and one that is not."""
    window = make_photo(
        alt="办事窗口", credit="周一鸣 摄", place="河埠路", taken_on=date(2024, 7, 26)
    )
    article = make_article(headline="便民服务点启用", kicker="小切口")
    make_caption(article=article, photo=window, words="居民在排队。", credit="本报记者 摄")
    field = make_photo(alt="稻田", credit="", contributor=make_contributor(name="徐芊卉"))
    make_caption(article=make_article(headline="早稻开镰"), photo=field, words="")
    return window, field, make_photo(alt="老桥", credit="", place="甲镇", taken_on=date(2024, 6, 1))


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("", [2, 1, 0]),
        ("窗口", [0]),
        ("一鸣", [0]),
        ("河埠", [0]),
        ("徐芊卉", [1]),
        ("2024-07", [0]),
        ("2024-06-01", [2]),
        ("排队", [0]),
        ("本报记者", [0]),
        ("服务点", [0]),
        ("小切口", [0]),
        ("开镰 稻田", [1]),
        ("开镰 窗口", []),
        ("2024 甲镇", [2]),
        ("\x00窗口\x00", [0]),
        ("%", []),
    ],
)
def test_every_word_is_looked_for_everywhere_newest_first(photos, words, places):
    found = library.matching(Photo.objects.order_by("-pk"), words)
    assert [*found] == [photos[place] for place in places]


def test_photos_that_no_article_uses_are_told_apart(photos):
    assert [*library.unused(Photo.objects.all())] == [photos[2]]


@pytest.mark.parametrize("number", [1, 5])
def test_uses_are_loaded_with_one_query_however_many(django_assert_num_queries, number):
    article = make_article(headline="", paragraphs=["甲镇开工，居民前来。"])
    for _ in range(number):
        photo = make_photo()
        for _ in range(3):
            make_caption(article=article, photo=photo)
    with django_assert_num_queries(2):
        found = [*library.with_uses(Photo.objects.all(), 2)]
        titles = [[library.article_of(use).display_title for use in photo.uses] for photo in found]
    assert titles == [["甲镇开工，居民前来"] * 2] * number


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_any_words_can_be_searched(photos, words):
    assert {*library.matching(Photo.objects.all(), words)} <= {*photos}
