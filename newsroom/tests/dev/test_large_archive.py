"""The archive of thirty years that measurements use."""

import gzip
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from articles.models import Article, Byline, Issue, Review, Revision
from newsroom.dev.bench.large_archive import TONIGHT
from newsroom.management.commands import page_costs

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(tmp_path):
    stories = [
        {"headline": f"第{number}条", "deck": "", "paragraphs": ["春风<又>绿。" * 40]}
        for number in range(3)
    ]
    file = tmp_path / "month.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(story) + "\n" for story in stories)
    return file


def test_a_large_archive_has_forty_articles_a_day_up_to_tonight(month):
    call_command("large_archive", month, articles=80)

    counted = Issue.objects.order_by("issued_on").annotate(articles=Count("pages__articles"))
    days = [(each.issued_on, each.is_published(), each.articles) for each in counted]
    assert days == [(TONIGHT - timedelta(days=1), True, 40), (TONIGHT, False, 40)]
    assert Article.objects.published().count() == 40
    assert Article.objects.filter(body__contains="&lt;又>").count() == 80
    assert Revision.objects.count() == 80
    assert Byline.objects.filter(position=1).count() == 80
    signed = Article.objects.filter(status="signed").count()
    assert Review.objects.filter(move="sign").count() == signed > 40


def test_a_large_archive_is_refused_where_a_paper_is(month):
    call_command("large_archive", month, articles=40)

    with pytest.raises(CommandError, match="空"):
        call_command("large_archive", month, articles=40)


@pytest.mark.slow
def test_every_page_of_a_large_archive_is_measured(month, monkeypatch, capsys):
    monkeypatch.setattr(page_costs, "ROUNDS", 1)
    call_command("large_archive", month, articles=160)
    call_command("rebuild_lists", verbosity=0)

    call_command("page_costs")

    costs = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {name: cost[0] for name, cost in costs.items() if cost[0] != 200} == {}
    assert all(cost[1] > 0 for cost in costs.values())
