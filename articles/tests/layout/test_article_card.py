"""The words of a card: those stored, some of them for one width only."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import text
from articles.layout import article_card
from articles.layout.article_metrics import ArticleMetrics, Picture, ranked
from articles.models import Article, Genre

TEXTS = st.lists(st.text(st.sampled_from("甲乙。！<&”"), max_size=12), max_size=6)
STEPS = st.tuples(st.integers(0, 9), st.integers(0, 9))


def shown(markup: str, only: str) -> str:
    """Return the words that show where elements of the class `only` do not."""
    hidden = re.compile(rf'<(p|span) class="{only}">.*?</\1>', re.S)
    return unescape(re.sub("<[^>]+>", "", hidden.sub("", markup)))


@given(TEXTS, STEPS)
def test_each_width_shows_its_sentences_and_no_word_else(paragraphs, steps):
    sentences = text.sentences(paragraphs, 400)
    more = article_card.ONLY_NARROW if steps[0] > steps[1] else article_card.ONLY_BROAD
    parts = article_card._parts(sentences, min(steps), max(steps))
    for markup in (
        "".join(article_card._paragraph(*part, more) for part in parts),
        article_card._caption(parts, more),
    ):
        for only, count in (("w", steps[0]), ("n", steps[1])):
            assert shown(markup, only) == "".join(each.words for each in sentences[:count])


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [(1600, 2400, "tall"), (1200, 1200, "wide"), (2400, 1600, "wide"), (320, 240, "small")],
)
def test_a_picture_is_set_by_its_shape(width, height, shape):
    article = Article(headline="启用", body="<p>昨天启用。</p>")
    (measures,) = ranked([ArticleMetrics(article, Picture(width, height, "图说"))])
    assert (measures.picture, measures.caption) == (shape, 2)
    assert measures.picture_width == {"tall": 416, "small": 320}.get(shape, min(width, 1800))


def test_an_article_without_a_picture_is_no_photo_news():
    assert ArticleMetrics(Article(genre=Genre.PHOTO), None).kind == "article"
