"""An issue as an electronic book."""

import io
import re
import shutil
import zipfile
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.content import sanitizer
from articles.feeds.epub import as_xhtml
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_chief,
    make_issue,
    make_page,
    make_photo,
)
from articles.workflow import transitions

ADDRESS = "/2024-07-27.epub"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


def book(client) -> dict[str, bytes]:
    """Return the files of the book by their names, in their order."""
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/epub+zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {name: archive.read(name) for name in archive.namelist()}


def words(data: bytes) -> str:
    return "".join(ElementTree.fromstring(data).itertext())


@pytest.fixture
def page():
    return make_page(issue=make_issue(issued_on=date(2024, 7, 27)), name="要闻")


@pytest.mark.django_db
def test_every_article_is_a_chapter_in_printed_order(client, page):
    second = make_page(issue=page.issue, label="A2", name="民生")
    rows = [
        make_article(page=each, headline=f"第{n}篇 A&B") for n, each in enumerate((page, second))
    ]
    files = book(client)
    contents = ElementTree.fromstring(files["nav.xhtml"])
    links = [(link.get("href"), link.text) for link in contents.iter(f"{XHTML}a")]
    assert links == [(f"article-{row.pk}.xhtml", row.headline) for row in rows]
    assert "A1 要闻" in words(files["nav.xhtml"])
    for row in rows:
        text = words(files[f"article-{row.pk}.xhtml"])
        assert row.headline in text
        assert "附近居民前来办事。" in text


@pytest.mark.django_db
def test_the_package_lists_every_file_and_reads_them_in_order(client, page):
    rows = [make_article(page=page) for _ in range(2)]
    make_caption(article=rows[0], photo=make_photo(size=(600, 400)))
    files = book(client)
    package = ElementTree.fromstring(files["package.opf"])
    listed = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    outside = {"mimetype", "META-INF/container.xml", "package.opf"}
    assert set(listed.values()) == set(files) - outside
    spine = [listed[ref.get("idref")] for ref in package.iter(f"{OPF}itemref")]
    assert spine == ["nav.xhtml", *(f"article-{row.pk}.xhtml" for row in rows)]


@pytest.mark.django_db
def test_a_picture_is_in_the_book_with_its_words(client, page):
    article, photo = make_article(page=page), make_photo(size=(600, 400), alt="渡口")
    make_caption(article=article, photo=photo, words="清晨的渡口。")
    files = book(client)
    assert files[f"photo-{photo.uid}.jpg"].startswith(b"\xff\xd8")
    chapter = ElementTree.fromstring(files[f"article-{article.pk}.xhtml"])
    (image,) = chapter.iter(f"{XHTML}img")
    assert (image.get("src"), image.get("alt")) == (f"photo-{photo.uid}.jpg", "渡口")
    assert "清晨的渡口。" in words(files[f"article-{article.pk}.xhtml"])


@pytest.mark.django_db
def test_a_picture_whose_file_is_missing_leaves_its_words(client, page):
    article, photo = make_article(page=page), make_photo(size=(600, 400))
    make_caption(article=article, photo=photo, words="清晨的渡口。")
    shutil.rmtree(photo.file.storage.path("__processed__"), ignore_errors=True)
    files = book(client)
    assert f"photo-{photo.uid}.jpg" not in files
    assert "清晨的渡口。" in words(files[f"article-{article.pk}.xhtml"])


@pytest.mark.django_db
def test_what_readers_do_not_see_is_not_in_the_book(client, page):
    seen, gone = make_article(page=page), make_article(page=page, headline="撤下的稿件")
    transitions.move(gone, "withdraw", by=make_chief(), note="失实")
    files = book(client)
    assert f"article-{seen.pk}.xhtml" in files
    assert f"article-{gone.pk}.xhtml" not in files
    assert not any("撤下的稿件".encode() in data for data in files.values())


@pytest.mark.django_db
def test_no_book_is_there_before_the_minute_of_the_issue(client):
    later = timezone.now() + timedelta(hours=1)
    make_article(page=make_page(issue=make_issue(issued_on=date(2024, 7, 27), released_at=later)))
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_the_same_words_make_the_same_bytes(client, page):
    make_article(page=page)
    assert client.get(ADDRESS).content == client.get(ADDRESS).content


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 12])
def test_a_book_takes_eight_queries(client, page, count, django_assert_num_queries):
    for _ in range(count):
        article = make_article(page=page)
        make_byline(article=article)
        make_caption(article=article, photo=make_photo(size=(600, 400)))
    with django_assert_num_queries(8):
        book(client)


@given(st.text(st.sampled_from("甲乙<>/&;\"'=br img p a table td ul li 　\u00a0\n"), max_size=80))
def test_whatever_a_body_holds_its_words_come_out_of_xml_as_they_are(typed):
    html = sanitizer.sanitize(f"<p>{typed}</p>")
    parsed = ElementTree.fromstring(f"<body>{as_xhtml(html, {})}</body>")
    assert "".join(parsed.itertext()) == text_of(html)


def text_of(html: str) -> str:
    """Return the text of HTML, as the browser's own rules have it."""
    return unescape(re.sub(r"<[^>]*>", "", html))
