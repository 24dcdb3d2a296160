"""What a text of hundreds of articles costs: the work grows with it, not with its square."""

from collections import Counter
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.content.copy import Copy
from articles.intake import matching, raw_pages
from articles.intake.matching import SIMILAR, match_articles
from articles.intake.parse import warnings
from articles.intake.parse.types import Decision, ParsedArticle, ParsedPart
from articles.intake.parse.warnings import MOST_ENDINGS, find_warnings, warnings_by_article
from articles.intake.persistence import save_drafts
from articles.tests.factories import make_issue, make_page

SURE = Decision("by-hand")
WHOLE, STOPPED = "市民前来参观。", "馆内有展品三百件，其中"


def copies(size, ending=""):
    """Return so many copies of different words; `ending` changes each a little."""
    return [
        Copy(headline=f"甲{n}{ending}", body=f"<p>{_words(n)}{ending}</p>") for n in range(size)
    ]


def _words(number):
    return "".join(chr(0x4E00 + 40 * number + at) for at in range(40))


def text_that_closes(closing):
    """Return the text of three articles, each of which ends in the same words."""
    opening = "届夜市开张\n\n本报讯（记者 李若溪）昨晚，夜市开张，摊主们忙到"
    return "\n".join(f"第{number}{opening}{closing}。\n" for number in range(1, 4))


def articles_of(size):
    """Return so many parsed articles, in turn one that stops in mid-sentence and a whole one."""
    lines = count(1)
    return [
        ParsedArticle(
            tuple(
                ParsedPart("body", words, (next(lines),), SURE)
                for words in (WHOLE, WHOLE if number % 2 else STOPPED)
            )
        )
        for number in range(size)
    ]


def calls_of(monkeypatch, module, name, action):
    """Return how often an action calls a function of a module."""
    calls, function = Counter(), getattr(module, name)

    def counted(*args):
        calls[name] += 1
        return function(*args)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, counted)
        action()
    return calls[name]


@pytest.mark.parametrize("name", ["squash", "_share"])
@pytest.mark.parametrize("ending", ["", "乙"])
def test_twice_the_articles_are_matched_in_twice_the_steps(monkeypatch, name, ending):
    steps = [
        calls_of(
            monkeypatch,
            matching,
            name,
            lambda size=size: match_articles(copies(size)[::-1], copies(size, ending)),
        )
        for size in (40, 80)
    ]
    assert steps[1] <= 2 * steps[0]


def test_changed_articles_in_another_order_are_all_matched():
    assert match_articles(copies(60)[::-1], copies(60, "乙")) == {n: 59 - n for n in range(60)}


TEXTS = st.lists(st.text(alphabet="甲乙丙丁", max_size=8), max_size=6)


@given(TEXTS, TEXTS)
def test_no_two_similar_articles_are_overlooked(fresh, existing):
    fresh, existing = ([Copy(body=f"<p>{each}</p>") for each in rows] for rows in (fresh, existing))
    pairs = [
        (matching._share(one, other), a, b)
        for a, one in enumerate(map(matching._bigrams, fresh))
        for b, other in enumerate(map(matching._bigrams, existing))
        if one
    ]
    found = sorted(matching._similar({}, fresh, existing))
    assert found == sorted(pair for pair in pairs if pair[0] >= SIMILAR)


def test_as_many_endings_as_a_page_may_have_are_offered_for_one_that_is_lost():
    for size in (20, 2 * MOST_ENDINGS, 200):
        found = Counter(each.code for each in find_warnings(articles_of(size)))
        assert found["mid-sentence"] == size // 2
        assert found["lost-tail"] == size // 2 * min(size // 2, MOST_ENDINGS)


def test_the_endings_that_are_offered_are_the_nearest_in_printed_order():
    parsed = articles_of(400)
    for stopped, first in ((0, 1), (200, 161), (398, 321)):
        offered = [*warnings._nearest(stopped, [*warnings._short_endings(parsed)])]
        assert offered == [parsed[first + 2 * n].parts[-1] for n in range(MOST_ENDINGS)]


def test_each_article_has_the_warnings_about_its_own_lines():
    parsed = articles_of(60)
    found = find_warnings(parsed)
    lines = [{part.lines for part in article.parts} for article in parsed]
    own = [[warning for warning in found if warning.lines in each] for each in lines]
    assert warnings_by_article(parsed) == own


@pytest.mark.django_db
def test_a_changed_text_reads_the_one_before_once_and_not_with_each_article():
    page = make_page(issue=make_issue(released_at=None))
    progress = count()
    for closing in ("半夜", "天亮"):
        raw = raw_pages.import_text(page, text_that_closes(closing).encode(), by=None)
        with CaptureQueriesContext(connection) as queries:
            save_drafts(raw, by=None, progress=lambda: next(progress))
    assert next(progress) == 6, "told of each draft, new or changed"
    assert not [query for query in queries if '"articles_rawpage"."parsed"' in query["sql"]]
