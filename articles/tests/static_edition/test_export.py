"""export_site: the edition is whole, and what readers no longer see is not in it."""

import io
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from articles.lists.entries import follow
from articles.models import Article, Issue, OldAddress
from articles.static_edition import exporter
from articles.static_edition.links import file_of
from articles.static_edition.manifest import NAME, Manifest
from articles.tests import factories
from articles.tests.facsimiles.making import make_facsimile
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"
# What somebody may have typed into an article.
TYPED = (
    *("about", "index.html", "robots.txt/a", ".export.sqlite3", "2024-02-31/", "photos//a.jpg"),
    *("articles/99/", "%00", "feeds/pages/" + "a" * 300 + ".json"),
    "photos/------------------------------------/a.jpg",
)
LINK = re.compile(r'\s(?:href|src|action)="(/[^"?#]*)')


@pytest.fixture
def paper(monkeypatch):
    """A paper of two issues and a later one, with a picture, and a column of two parts."""
    monkeypatch.setattr("articles.views.list_parts.LIST_LENGTH", 1)
    factories.make_masthead()
    column, writer = factories.make_column(), factories.make_contributor()
    first = factories.make_page(issue=factories.make_issue())
    words = "".join(f"<p>{ORIGIN}/{path} 见网页</p>" for path in TYPED)
    article = factories.make_article(page=first, column=column, body=words)
    OldAddress.objects.create(pattern="/{any}", target="/about/")
    factories.make_byline(article=article, contributor=writer)
    factories.make_caption(article=article)
    article.tags.add("民生")
    other = factories.make_page(
        issue=factories.make_issue(issued_on=first.issue.issued_on + timedelta(days=1))
    )
    factories.make_article(page=other, column=column)
    later = timezone.now() + timedelta(days=1)
    waiting = factories.make_issue(issued_on=later.date(), released_at=later)
    factories.make_article(page=factories.make_page(issue=waiting), headline="尚未发布的消息")
    follow(list(Article.objects.values_list("pk", flat=True)))
    return article


@pytest.fixture(autouse=True)
def keep_connection():
    """Keep the connection of the test's transaction open, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def export(tmp_path, monkeypatch):
    """A function that exports into a folder; it returns what is printed."""
    # The files of the paper's own styles and scripts are copied in a test of their own.
    monkeypatch.setattr(exporter, "DESK_FILES", ("",))

    def run(folder="site", *options) -> str:
        output = io.StringIO()
        arguments = (str(tmp_path / folder), "--origin", ORIGIN, *options)
        call_command("export_site", *arguments, stdout=output, stderr=output)
        return output.getvalue()

    return run


def content(folder) -> dict[str, bytes]:
    """Return the files of an edition."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(NAME)
    }


def dead_links(files) -> set[str]:
    """Return the links of pages that lead to no file."""
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    links = {link for html in pages.values() for link in LINK.findall(html)}
    dead = {link for link in links if file_of(unquote(link)) not in files}
    return {link for link in dead if not link.startswith(("/static/", "/oembed"))}


def test_every_link_of_the_edition_leads_to_a_file(paper, export, tmp_path, client):
    assert "0个移除" in export()
    files = content(tmp_path / "site")
    assert dead_links(files) == set()
    url = paper.get_absolute_url()
    for path in ("/", "/2024-07-27/A1/", url, f"/hant{url}", "/archive/2024/7/", "/corrections/"):
        assert files[file_of(path)] == client.get(path).content
    assert {
        "404.html",
        "robots.txt",
        "search/index.html",
        f"tags/{paper.tags.get().pk}/index.html",
    } <= {*files}
    newest = Article.objects.published().order_by("-page__issue__issued_on").first()
    part = f"columns/{paper.column_id}/after/{newest.pk}/"
    second = files[f"{part}index.html"].decode()
    assert f'href="/columns/{paper.column_id}/"' in second
    assert f"{ORIGIN}/{part}" in second
    assert sum(name.startswith("photos/") for name in files) > 0
    assert not any("尚未发布".encode() in data for data in files.values())
    assert "这个地址下没有" in files["404.html"].decode()


@pytest.mark.slow
def test_a_second_export_writes_nothing(paper, export, tmp_path):
    export()
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")}
    assert export().startswith("写入0个文件")
    assert {path: path.stat().st_mtime_ns for path in times} == times


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--since", "2024-07-01")])
def test_a_withdrawn_article_and_its_picture_are_gone(paper, export, tmp_path, options):
    export()
    title = paper.headline
    chief = factories.make_chief()
    transitions.move(paper, "withdraw", by=chief, note="主要事实有误", version=0)
    export("site", *options)
    files = content(tmp_path / "site")
    assert not any(title.encode() in data for data in files.values())
    assert not any(name.startswith(("photos/", f"articles/{paper.pk}/")) for name in files)
    assert dead_links(files) == set()


@pytest.mark.slow
def test_a_recalled_issue_is_gone(paper, export, tmp_path):
    export()
    Issue.objects.filter(issued_on="2024-07-27").update(released_at=None)
    export()
    assert not any("2024-07-27" in name for name in content(tmp_path / "site"))


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--since", "2000-01-01")])
def test_a_printed_page_is_in_the_edition_and_is_covered_after_a_withdrawal(
    paper, export, tmp_path, options
):
    make_facsimile(paper.page, paper)
    folder = tmp_path / "site"
    export()
    name = "2024-07-27/A1/facsimile-480.webp"
    before = (folder / name).read_bytes()
    assert (folder / "2024-07-27.pdf").exists()
    assert (folder / "2024-07-27" / "A1.pdf").exists()
    transitions.move(paper, "withdraw", by=factories.make_chief(), note="失实")
    export("site", *options)
    assert (folder / name).read_bytes() != before
    assert not (folder / "2024-07-27.pdf").exists()
    assert not (folder / "2024-07-27" / "A1.pdf").exists()


def test_with_since_a_new_picture_of_a_page_is_written(paper, export, tmp_path):
    export()
    at = timezone.now()
    make_facsimile(paper.page, paper)
    export("site", "--since", at.isoformat())
    assert (tmp_path / "site" / "2024-07-27/A1/facsimile-480.webp").exists()


def test_with_since_only_what_changed_is_written(paper, export, tmp_path, monkeypatch):
    Article.objects.update(changed_at=timezone.now() - timedelta(days=99))
    export()
    since = (timezone.now() - timedelta(days=1)).isoformat()
    asked, get = [], exporter.Site.get
    monkeypatch.setattr(
        exporter.Site, "get", lambda site, *what: asked.append(what[0]) or get(site, *what)
    )
    changed = {"headline": "改过的标题", "column": None, "changed_at": timezone.now()}
    Article.objects.filter(pk=paper.pk).update(**changed)
    follow([paper.pk])
    other = Article.objects.published().exclude(page__issue=paper.page.issue).first()
    export("site", "--since", since)
    assert paper.get_absolute_url() in asked
    assert other.get_absolute_url() not in asked
    export("fresh")
    a, b = content(tmp_path / "site"), content(tmp_path / "fresh")
    assert {n for n in a.keys() | b.keys() if a.get(n) != b.get(n)} == set()


@pytest.mark.slow
def test_an_export_that_was_killed_goes_on_and_gives_the_same(paper, export, tmp_path, monkeypatch):
    export("fresh")
    count, get = iter(range(1_000)), exporter.Site.get

    def killed(site, *what):
        if next(count) == 20:
            raise KeyboardInterrupt
        return get(site, *what)

    monkeypatch.setattr(exporter.Site, "get", killed)
    with pytest.raises(KeyboardInterrupt):
        export()
    some = len(content(tmp_path / "site"))
    (tmp_path / "site" / "index.html.part").write_text("<p>")
    export()
    whole = content(tmp_path / "fresh")
    assert 0 < some < len(whole)
    assert content(tmp_path / "site") == whole
    assert next(count) < 10 + len(whole)


@pytest.mark.slow
def test_what_changes_during_an_export_is_written_anew(paper, export, tmp_path, monkeypatch):
    title, get = paper.headline, exporter.Site.get
    chief = factories.make_chief()

    def changing(site, *what):
        if what[0] == "/hant/about/" and Article.objects.published().filter(pk=paper.pk).exists():
            transitions.move(paper, "withdraw", by=chief, note="主要事实有误", version=0)
        return get(site, *what)

    monkeypatch.setattr(exporter.Site, "get", changing)
    export()
    files = content(tmp_path / "site")
    assert not any(title.encode() in data for data in files.values())
    assert dead_links(files) == set()


def test_a_folder_with_other_files_is_refused(paper, export, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "notes.txt").write_text("a")
    with pytest.raises(CommandError, match=r"notes\.txt"):
        export()
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["notes.txt"]


def test_a_host_that_is_not_the_sites_is_told(paper, tmp_path):
    with pytest.raises(CommandError, match="400"):
        call_command("export_site", str(tmp_path / "site"), "--origin", "http://evil.example")


@pytest.mark.slow
def test_a_folder_takes_one_export_at_a_time(tmp_path):
    with Manifest(tmp_path / "site"), pytest.raises(CommandError, match="另一个导出正在写入"):
        call_command("export_site", str(tmp_path / "site"), "--origin", ORIGIN)


@pytest.mark.parametrize("since", ["yesterday", "2024-02-31", ""])
def test_an_instant_that_is_none_is_refused(tmp_path, since):
    with pytest.raises(CommandError, match="since"):
        call_command("export_site", str(tmp_path / "site"), "--since", since)
    assert not (tmp_path / "site").exists()
