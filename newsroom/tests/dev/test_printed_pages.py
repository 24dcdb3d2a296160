"""Printed pages for measuring: the same for a seed, and scored rightly."""

import pytest

from articles.intake.page_pdf.process import read_pages
from articles.intake.parse.page_pdf.reading import read_printed_page
from newsroom.dev.bench.printed_pages import scoring
from newsroom.dev.bench.printed_pages.content import KnownArticle, of_archive, page_articles
from newsroom.dev.bench.printed_pages.designs import draw_design
from newsroom.dev.bench.printed_pages.page_html import PageHtml, share_columns
from newsroom.dev.bench.printed_pages.printing import KnownPage, print_pages
from newsroom.dev.bench.printed_pages.scoring import shares

SEED = 9


def test_a_seed_always_makes_the_same_page():
    pages = [
        PageHtml(list(page_articles([], SEED)), draw_design(SEED), SEED).render() for _ in range(2)
    ]
    assert pages[0] == pages[1]
    assert pages[0] != PageHtml(list(page_articles([], 6)), draw_design(6), 6).render()


def test_columns_are_shared_by_length():
    assert share_columns([2000, 500], 5) == [4, 1]
    assert share_columns([100, 100, 100], 3) == [1, 1, 1]


def test_credits_and_labels_of_an_archive_are_not_printed():
    row = {"headline": "甲", "kicker": "", "deck": "", "paragraphs": ["通车。" * 50]}
    assert of_archive([row]) == [KnownArticle("甲", ["通车。" * 50])]
    assert of_archive([row | {"paragraphs": ["王 纲摄", "通车。" * 50]}]) == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_printed_page_is_read_as_it_was_written(chromium):
    (known,) = print_pages(chromium, [], [SEED])
    assert isinstance(known, KnownPage)
    (page,) = read_pages(known.pdf)
    total = scoring.score(known, page, read_printed_page(page))
    assert total.failures == []
    reached = shares(total)
    # The edges of a zone are those of its words, which are a little within its frame.
    assert reached.pop("zones") > 0.95
    assert reached == dict.fromkeys(reached, 1.0)
    assert total.counts["characters lost"] == 0
