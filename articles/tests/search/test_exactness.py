"""What the search finds, against a plain search for substrings in every article."""

import random

import pytest

from articles.models import Article, SearchEntry
from articles.search import entries
from articles.search.entry_text import searchable, sections
from articles.search.find import articles_of_desk, find
from articles.search.terms.query import Query, parse
from articles.tests.factories import make_article, make_byline, make_issue, make_page

pytestmark = pytest.mark.django_db

# Few characters, so that words are found; among them all that could confuse an index.
ALPHABET = "甲乙丙a1%_\\\"'*z^@#. 　體Ａ"


def text(rnd: random.Random, most: int) -> str:
    return "".join(rnd.choices(ALPHABET, k=rnd.randint(0, most)))


@pytest.fixture
def paper():
    """Articles of random words on pages of several years, indexed."""
    rnd = random.Random(7)
    pages = [
        make_page(issue=make_issue(issued_on=day), name="版甲")
        for day in ("2019-10-01", "2019-10-02", "2020-01-01")
    ]
    for number in range(60):
        body = "".join(f"<p>{text(rnd, 9)}</p>" for _ in range(3))
        article = make_article(headline=text(rnd, 5), body=body, page=rnd.choice([*pages, None]))
        make_byline(article=article, name=f"丙{text(rnd, 2)}")
        del number
    entries.index_articles(Article.objects.all())


def has(entry: SearchEntry, query: Query) -> bool:
    """Tell whether an entry is to be found, word by word."""
    paragraphs, names = searchable(entry.text), sections(entry.text).names
    return (
        all(any(word in each for each in paragraphs) for word in query.words)
        and all(any(name in each for each in names) for name in query.names)
        and not any(word in each for word in query.without for each in paragraphs)
    )


def queries() -> list[str]:
    rnd = random.Random(8)
    single = [text(rnd, 4) for _ in range(60)]
    return single + [
        f"{text(rnd, 3)} {rnd.choice(['-', '作者:', ''])}{text(rnd, 3)}" for _ in range(60)
    ]


def test_every_query_finds_exactly_what_a_plain_search_finds(paper):
    stored = list(SearchEntry.objects.order_by("-number"))
    for typed in queries():
        query = parse(typed)
        if query.is_empty:
            continue
        wanted = [entry.pk for entry in stored if has(entry, query)]
        found = articles_of_desk(Article.objects.all(), query)
        assert sorted(found.values_list("pk", flat=True)) == sorted(wanted), typed
        listed = {entry.pk for entry in stored if entry.is_listed}
        shown = find(query, length=100).articles
        assert [row.pk for row in shown] == [pk for pk in wanted if pk in listed], typed


def test_no_character_of_a_text_is_taken_for_a_mark_of_the_index():
    page = make_page(name="要闻")
    by_headline = make_article(headline="李桥", page=page)
    by_name = make_article(headline="桥", page=page)
    make_byline(article=by_name, name="李若溪")
    in_text = make_article(headline="甲", body="<p>@若李 ^李桥 #要闻</p>", page=page)
    entries.index_articles(Article.objects.all())
    wanted = {"@李": [], "^李": [in_text], "^桥": [], "作者:若": [by_name], "#要": [in_text]}
    wanted |= {"李": [by_headline, by_name, in_text], "@若李": [in_text], "作者:李若溪": [by_name]}
    for typed, articles in wanted.items():
        found = articles_of_desk(Article.objects.all(), parse(typed))
        assert sorted(found.values_list("pk", flat=True)) == [row.pk for row in articles], typed
