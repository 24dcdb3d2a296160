"""Whatever an archive holds, its words are shown as words, and every page stands."""

import re

import pytest
from django.urls import reverse

from articles.models import Article, Issue
from articles.tests.archive_records import exported, row, run, written
from articles.tests.factories import make_chief
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>xc()</script>",
    '"><script>xc()</script>',
    "<img src=x onerror=xc()>",
    "'\"><svg onload=xc()>",
    "</title><script>xc()</script>",
    "</script><script>xc()</script>",
    "</textarea><img src=x onerror=xc()>",
    "<a href=javascript:xc()>链接</a>",
    "<iframe srcdoc='<script>xc()</script>'>",
    "<!--><script>xc()</script>-->",
    "<math><mtext></mtext><script>xc()</script></math>",
    "{{ 7|add:7 }}{% debug %}",
    "&lt;script&gt;xc()&lt;/script&gt;",
    "&#60;img src=x onerror=xc()&#62;",
    "）xc（<b>",
    "]]><script>xc()</script>",
    "<style>*{background:url(x)}</style>",
    "　<script>xc()</script>　",
]
LIVE = re.compile(
    r"<(script|img|svg|iframe|style|math)\b[^>]*(xc\(|onerror|onload|srcdoc|\{back)", re.I
)


def hostile(number: int, payload: str) -> dict:
    return row(
        order=number,
        kicker=payload,
        headline=payload,
        deck=payload,
        paragraphs=[payload, "　" + payload],
        dateline="",
        bylines=[{"role": payload[:30], "name": payload, "contributor": [payload, payload]}],
        column=payload,
        tags=[payload],
        source=payload,
        page_name="要闻",
        editor=payload,
    )


@pytest.fixture
def rows() -> list[dict]:
    found = [hostile(number, payload) for number, payload in enumerate(PAYLOADS, 1)]
    return [each | {"editor": PAYLOADS[0]} for each in found]


def live(page) -> list[str]:
    """Return what of a page could run: handlers, addresses of scripts, scripts of the archive."""
    found = []
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        found += [name for name in element.attrib if name.startswith("on") or name == "srcdoc"]
        found += [v for v in element.attrib.values() if v.strip().lower().startswith("javascript:")]
        if element.tag in ("script", "style") and "xc(" in (element.text or ""):
            found += [element.text] * (element.get("type") != "application/ld+json")
    return found


@pytest.mark.slow
def test_no_words_of_an_archive_come_alive_on_any_page(client, tmp_path, rows):
    file = written(tmp_path / "a.jsonl", rows)
    status, _out, err = run("import_archive", file, release=True)
    assert (status, err) == (0, "")
    articles = Article.objects.select_related("column")
    public = [
        "/",
        "/2019-10-01/",
        "/2019-10-01/pages/",
        "/2019-10-01/01/",
        "/archive/",
        "/columns/",
    ]
    for article in articles:
        tag, byline = article.tags.get(), article.bylines.get()
        public += [article.get_absolute_url(), article.column.get_absolute_url()]
        public += [byline.contributor.get_absolute_url()]
        public += [reverse("articles:tag", args=[tag.pk])]
    for address in public:
        answer = client.get(address)
        assert (answer.status_code, live(Parsed(answer))) == (200, []), address
    desk, first = signed_in(make_chief(is_superuser=True)), articles.first()
    for address in (
        reverse("admin:articles_issue_change", args=[Issue.objects.get().pk]),
        reverse("admin:articles_article_changelist"),
        *(reverse("admin:articles_article_change", args=[each.pk]) for each in articles),
        reverse("admin:articles_article_history", args=[first.pk]),
        reverse("admin:articles_review_sheet", args=[first.pk]),
    ):
        answer = desk.get(address)
        assert answer.status_code == 200
        assert LIVE.findall(answer.content.decode()) == [], address


def test_words_that_look_like_mark_up_come_out_as_they_went_in(tmp_path, rows):
    run("import_archive", written(tmp_path / "a.jsonl", rows))
    seven = list(row())
    found = [{name: each[name] for name in seven} for each in exported(tmp_path, "--all")]
    assert found == [{name: each[name] for name in seven} for each in rows]


def test_two_megabytes_in_one_paragraph_are_words_like_any_other(client, tmp_path):
    long = row(paragraphs=["云溪区的河。" * 120_000])
    assert run("import_archive", written(tmp_path / "a.jsonl.gz", [long]), release=True)[0] == 0
    assert exported(tmp_path) == [long]
    for address in ("/2019-10-01/", Article.objects.get().get_absolute_url()):
        assert client.get(address).status_code == 200
