"""Making the index anew: completely, after an interruption, and with frequent terms."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from articles.models import Article, SearchBuild, SearchEntry, SearchTerm, SearchYear
from articles.search import build, counts, entries, summary
from articles.search.build_check import search_index
from articles.search.find import find
from articles.search.terms.query import parse
from articles.tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(monkeypatch):
    """Six days of three articles, and one on no page; all terms count as frequent."""
    monkeypatch.setattr(build, "LARGE", 1)
    monkeypatch.setattr(build, "BATCH", 4)
    for day in range(1, 7):
        issued_on = date(2019 + day // 4, 5, day)
        page = make_page(issue=make_issue(issued_on=issued_on))
        for number in range(3):
            make_article(page=page, headline=f"河埠路{number}", body="<p>无。</p>")
    make_article(headline="河埠")


def stored() -> tuple:
    """Return everything that the search keeps, but for how far the rebuild came."""
    return (
        list(SearchEntry.objects.order_by("pk").values_list("pk", "number", "is_listed", "text")),
        {year: counts.kept("河埠") for year in SearchYear.objects.values_list("year", flat=True)},
        list(SearchYear.objects.order_by("year").values_list("year", "total")),
    )


def test_all_articles_are_indexed_and_the_terms_of_listed_ones_counted(paper):
    assert call_command("rebuild_search", verbosity=0) == "检索索引已建立：19 篇稿件。"
    assert counts.kept("河埠") == {2019: 9, 2020: 9}
    assert counts.totals() == {2019: 9, 2020: 9}
    assert summary.count_by_year(parse("河埠")).by_year == {2019: 9, 2020: 9}
    assert SearchBuild.objects.values_list("is_complete", flat=True).get()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's index has parts")
def test_the_parts_of_the_index_are_merged_in_small_steps(paper, monkeypatch):
    monkeypatch.setattr(entries.text_index, "PAGES", 1)
    monkeypatch.setattr(build, "BATCH", 1)
    text = "".join(map(chr, range(0x4E00, 0x5200)))
    Article.objects.filter(headline="河埠路1").update(body=f"<p>{text}</p>")
    with CaptureQueriesContext(connection) as queries:
        build.rebuild()
    steps = [each["sql"] for each in queries if "'merge'" in each["sql"]]
    assert len(steps) > 4
    assert len(find(parse(text[:50])).articles) == 6
    with connection.cursor() as cursor:
        for table in ("articles_searchpairs", "articles_searchcharacters"):
            before = connection.connection.total_changes
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', -500)")
            assert connection.connection.total_changes - before < 2


def test_an_interrupted_rebuild_goes_on_to_the_same_end(paper):
    build.rebuild()
    whole = stored()

    def interrupt(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.rebuild(interrupt)
    assert SearchEntry.objects.count() == 6
    assert (build.already_done(anew=False), build.already_done(anew=True)) == (6, 0)
    assert build.rebuild() == 13
    assert stored() == whole


def test_other_processes_make_ready_what_one_writes(paper):
    build.rebuild()
    whole = stored()
    assert build.rebuild(workers=2) == 19
    assert stored() == whole


def test_what_is_changed_after_it_was_read_is_indexed_as_it_is_now(paper):
    def change(count: int) -> None:
        Article.objects.filter(headline="河埠路2").update(headline="别处")

    build.rebuild(change, workers=1)
    assert len(find(parse("别处")).articles) == 4
    assert counts.kept("河埠") == {2019: 8, 2020: 6}


def test_kept_counts_follow_every_change_of_what_is_listed(paper):
    build.rebuild()
    article = Article.objects.filter(headline="河埠路1").first()
    changes = [{"status": "withdrawn"}, {"status": "signed"}, {"headline": "别处"}]
    for change in [*changes, {"headline": "河埠"}, {"page": None, "position": None}]:
        Article.objects.filter(pk=article.pk).update(**change)
        entries.index_articles(Article.objects.filter(pk=article.pk))
        found = summary.count_by_year(parse("河埠"))
        live = Article.objects.published().filter(headline__contains="河埠")
        years = live.values_list(F("page__issue__issued_on__year"), flat=True)
        assert sum(found.by_year.values()) == len(years)
        assert SearchTerm.objects.exists()


def test_an_index_that_is_not_complete_is_reported(paper):
    assert [each.id for each in search_index(databases=["default"])] == ["articles.W002"]
    build.rebuild()
    assert search_index(databases=["default"]) == []


@pytest.mark.parametrize("workers", ["-1", "two"])
def test_workers_that_are_no_number_of_processes_are_refused(workers):
    with pytest.raises(CommandError):
        call_command("rebuild_search", "--workers", workers)
