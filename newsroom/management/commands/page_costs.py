"""Prints what each kind of page and list of a large archive costs, as one line of JSON."""

import json
from statistics import median
from time import perf_counter, process_time

from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from articles.models import Article, Column, Contributor, Issue, ListEntry, Member

ROUNDS = 7


class Command(BaseCommand):
    """Asks for each page in this process; the archive is one of `large_archive`."""

    help = __doc__

    def handle(self, **options):
        """Return the line: by name the status, the queries, ms of the clock and the processor."""
        return json.dumps(measure_here())


def addresses() -> dict[str, str]:
    """Return what is measured: a name and an address of each kind of page and list."""

    column, tag, person = (
        model.objects.order_by("pk").first() for model in (Column, Tag, Contributor)
    )
    rare = ListEntry.objects.filter(kind="column").latest("subject").subject
    listed = ListEntry.objects.filter(kind="contributor", subject=person.pk)
    deep = listed.order_by("day").values_list("article", flat=True)[min(40, listed.count() // 2)]
    issue = Issue.objects.published().order_by("-issued_on")[1]
    article = Article.objects.published().filter(page__issue=issue).first()
    desk = "/admin/articles/article/"
    return {
        "front": "/",
        "issue": issue.get_absolute_url(),
        "page": f"{issue.get_absolute_url()}A1/",
        "article": article.get_absolute_url(),
        "archive": "/archive/",
        "year": f"/archive/{issue.issued_on.year}/",
        "columns": "/columns/",
        "column": column.get_absolute_url(),
        "rare column": f"/columns/{rare}/",
        "tag": f"/tags/{tag.pk}/",
        "person": person.get_absolute_url(),
        "person, deep": f"{person.get_absolute_url()}?after={deep}",
        "corrections": "/corrections/",
        "feeds": "/feeds/",
        "feed": "/feeds/paper.atom",
        "feed of a column": f"/feeds/columns/{column.pk}.atom",
        "sitemap": "/sitemap.xml",
        "desk: tonight": "/admin/",
        "desk: articles": desk,
        "desk: articles by title": f"{desk}?o=1",
        "desk: articles by last hand": f"{desk}?o=-7",
        "desk: of a person": f"{desk}?author=李5",
        "desk: unfinished": f"{desk}?queue=unfinished",
        "desk: drafts": f"{desk}?status__exact=draft",
        "desk: of a column": f"{desk}?column__id__exact={column.pk}",
        "desk: this month": f"{desk}?day=month",
        "desk: issues": "/admin/articles/issue/",
        "desk: photos": "/admin/articles/photo/",
        "desk: journal": "/admin/articles/review/",
        "desk: columns": "/admin/articles/column/",
        "desk: contributors": "/admin/articles/contributor/",
        "desk: tags": "/admin/taggit/tag/",
        "desk: changes": "/admin/changes/",
        "desk: names": "/admin/articles/article/suggestions/?kind=name&q=李",
        "desk: form": f"{desk}{article.pk}/change/",
    }


def measure_here() -> dict[str, tuple[int, float, float]]:
    """Return for each page its status, queries, ms of the clock and of the processor."""

    client = Client(raise_request_exception=False)
    client.force_login(Member.objects.get(username="bench"))
    found = {}
    for name, address in addresses().items():
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        count = len(queries)
        clock, processor = [], []
        for _ in range(ROUNDS):
            start, used = perf_counter(), process_time()
            client.get(address)
            clock.append((perf_counter() - start) * 1000)
            processor.append((process_time() - used) * 1000)
        found[name] = (status, count, median(clock), median(processor))
    return found
