"""How much a frequent phrase finds: counted in few articles, else estimated from some days."""

from datetime import date, timedelta

import pytest

from articles.search import build, summary
from articles.search.terms.query import parse
from articles.tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(monkeypatch):
    """Sixty days from 1 May on, each with an article of the phrase and one without."""
    monkeypatch.setattr(build, "LARGE", 1)
    monkeypatch.setattr(summary, "MOST_COUNTED", 1)
    monkeypatch.setattr(summary, "FEW", 40)
    for number in range(60):
        issued_on = date(2024, 5, 1) + timedelta(days=number)
        page = make_page(issue=make_issue(issued_on=issued_on))
        make_article(page=page, headline="河埠路", body="<p>无。</p>")
        make_article(page=page, headline="河埠，埠路", body="<p>无。</p>")
    build.rebuild()


@pytest.mark.parametrize(
    ("days", "found", "is_exact"),
    [
        ("2024-05-04", 1, True),
        ("2024-05-03..2024-05-20", 18, True),
        ("2024-06-15..", 15, True),
        ("2024-06-01..2024-06-29", 29, False),
        ("2024-05-01..2024-06-30", 60, False),
        ("", 60, True),  # No day that is looked at has a paper.
        ("2025-01..", 0, True),
    ],
)
def test_an_estimate_is_of_the_days_asked_for_and_few_are_counted(paper, days, found, is_exact):
    counted = summary.count_by_year(parse(f"河埠路 {days}"))
    assert (counted.total, counted.is_exact) == (found, is_exact)


@pytest.mark.no_database
@pytest.mark.parametrize("length", [1, 3, 12, 41, 84, 90, 183, 365])
def test_sampled_spans_are_spread_over_the_days_asked_for_and_over_the_week(length):
    first = date(2024, 1, 1)
    spans = summary.sampled_spans(first, first + timedelta(days=length - 1))
    days = [
        start + timedelta(days=n) for start, end in spans for n in range((end - start).days + 1)
    ]
    assert len(days) == min(length, 4 * summary.text_index.SPAN_DAYS)
    assert days == sorted({*days})
    assert first <= days[0] and days[-1] < first + timedelta(days=length)
    assert len({day.weekday() for day in days}) >= min(len(days), 6) // 2
    starts = [start * length // 4 for start in range(5)]
    parts = zip(spans, starts, starts[1:], strict=False)
    if length > 12:
        assert all(low <= (start - first).days < high for (start, _), low, high in parts)
