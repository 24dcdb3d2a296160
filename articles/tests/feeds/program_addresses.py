"""The addresses for programs by their names in urls.py, each with what it is asked for.

`paper` is that of the test of leaks (articles/tests/views/test_leaks.py).
"""

from articles.models import Article, Column, Contributor

FEEDS = {
    "paper_feed": lambda paper: [()],
    "page_feed": lambda paper: [("要闻",), ("无此版",)],
    "column_feed": lambda paper: [(row.pk,) for row in Column.objects.all()],
    "contributor_feed": lambda paper: [(row.pk,) for row in Contributor.objects.all()],
    "tag_feed": lambda paper: [(tag.pk,) for tag in Article.tags.all()],
}
FOR_PROGRAMS = {
    name: lambda paper, asked=asked: [
        (*args, kind) for args in asked(paper) for kind in ("atom", "json")
    ]
    for name, asked in FEEDS.items()
} | {
    "search_feed": lambda paper: [("atom",), ("json",)],
    "article_json": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "archive_line": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "issue_json": lambda paper: [("2024-07-27",), ("2031-05-06",), ("2031-05-08",)],
    "oembed": lambda paper: [()],
    "sitemap": lambda paper: [()],
    "sitemap_lists": lambda paper: [()],
    "sitemap_news": lambda paper: [()],
    "sitemap_month": lambda paper: [("2024-07",), ("2031-05",)],
    "llms": lambda paper: [()],
}
