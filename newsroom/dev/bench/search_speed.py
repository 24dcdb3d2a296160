"""What a search costs, on the database of the settings with its index built.

    python -m newsroom.dev.bench.search_speed

Two thousand queries of 1 to 8 characters: cut out of the entries (so frequent as they are there),
names, and words that stand nowhere. For each the newest 20 articles and the counts by year, as the
page of a result asks for them, without rendering. Then the size of the index, and what a save
costs more. (That exactly what has a substring is found is a test: articles/tests/search.)
"""

import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 (after django.setup)

from articles.models import Article, Byline, SearchEntry  # noqa: E402
from articles.search import entries, find, summary  # noqa: E402
from articles.search.entry_text import searchable  # noqa: E402
from articles.search.terms.query import parse  # noqa: E402


def queries(texts: list[str], names: list[str], many: int) -> list[str]:
    """Return words of all kinds, mixed but always the same."""
    chance = random.Random(5)
    found = []
    for number in range(many):
        text, kind = chance.choice(texts), number % 10
        length = chance.choice((1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8))
        at = chance.randrange(max(len(text) - length, 1))
        word = text[at : at + length].strip()
        if kind == 8:
            word = chance.choice(names)
        elif kind == 9:
            word = "".join(chance.choice(chance.choice(texts)) for _ in range(max(length, 2)))
        found.append("".join(each for each in word if each.isalnum()) or "的")
    return found


def quantile(times: list[float], share: float) -> float:
    """Return the time in ms that a share of the queries stays below."""
    return sorted(times)[int(len(times) * share)] * 1_000


def measure(many: int = 2_000) -> None:
    """Print what was measured."""
    sample = list(
        SearchEntry.objects.order_by("article_id")[:: max(SearchEntry.objects.count() // 500, 1)]
    )
    texts = [part for entry in sample for part in searchable(entry.text) if len(part) > 8]
    names = list(Byline.objects.order_by("name").values_list("name", flat=True).distinct()[:400])
    asked, lists, counts, both, estimated = queries(texts, names, many), [], [], [], 0
    for word in asked:
        query = parse(f"“{word}”")
        start = time.perf_counter()
        find.find(query)
        middle = time.perf_counter()
        counted = summary.count_by_year(query)
        end = time.perf_counter()
        lists.append(middle - start)
        counts.append(end - middle)
        both.append(end - start)
        estimated += not counted.is_exact
    print(f"{connection.vendor}: {SearchEntry.objects.count():,} entries, {many} queries")
    for name, times in (("newest 20", lists), ("counts", counts), ("both", both)):
        print(
            f"  {name:10} p50 {quantile(times, 0.5):7.1f} ms  p95 {quantile(times, 0.95):7.1f} ms"
            f"  mean {statistics.mean(times) * 1_000:7.1f} ms"
        )
    print(f"  estimated counts: {estimated}")
    slowest = sorted(zip(both, asked, strict=True), reverse=True)[:8]
    print("  slowest: " + ", ".join(f"{word} {took * 1_000:.0f} ms" for took, word in slowest))
    print(f"  index: {index_share(sample):.2f} of the text")
    article = Article.objects.get(pk=sample[-1].pk)
    with transaction.atomic():
        took = []
        for number in range(20):
            Article.objects.filter(pk=article.pk).update(headline=f"河埠路改造之{number}")
            start = time.perf_counter()
            entries.index_articles([article.pk])
            took.append(time.perf_counter() - start)
        transaction.set_rollback(True)
    print(f"  a changed entry: {statistics.median(took) * 1_000:.1f} ms, without the commit")


def index_share(sample) -> float:
    """Return the size of the index as a share of the texts, which it does not hold itself."""
    mean = statistics.mean(len(entry.text.encode()) for entry in sample)
    text = mean * SearchEntry.objects.count()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT (SELECT sum(length(block)) FROM articles_searchpairs_data)"
                " + (SELECT sum(length(block)) FROM articles_searchcharacters_data)"
            )
        else:
            cursor.execute("SELECT pg_relation_size('articles_search_index')")
        return cursor.fetchone()[0] / text


if __name__ == "__main__":
    measure()
