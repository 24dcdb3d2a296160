"""What is kept, how it is answered, and that it costs one query."""

import gzip
import time

import brotli
import pytest
from django.test import Client
from django.utils.http import http_date

from articles.models import Article, Masthead, PublicChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


@pytest.fixture
def kinds(paper, shown):
    own = ["/archive/", f"/archive/{paper['issue'].issued_on.year}/", "/hant/"]
    return [*shown, *own, "/sitemaps/news.xml", "/llms.txt", "/robots.txt"]


def test_the_second_answer_is_the_first_and_costs_one_query(
    client, kinds, django_assert_num_queries
):
    for path in kinds:
        first = client.get(path)
        assert first.status_code == 200, path
        with django_assert_num_queries(1):
            again = client.get(path)
        assert (again.content, dict(again.headers)) == (first.content, dict(first.headers)), path


def test_a_kept_page_is_what_the_site_answers_without_keeping(client, kinds, settings):
    kept = {path: [client.get(path), client.get(path)][1] for path in kinds}
    settings.PAGE_CACHE_MB = 0
    for path in kinds:
        built = client.get(path)
        assert kept[path].content == built.content, path
        own = {"ETag", "Vary"}
        assert {k: v for k, v in kept[path].items() if k not in own} == {
            k: v for k, v in built.items() if k not in own
        }


@pytest.mark.parametrize(
    ("asked", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0.4, identity;q=0.9", ""),
        ("br;q=nonsense", ""),
        ("", ""),
    ],
)
def test_a_page_is_sent_in_the_encoding_that_is_asked_for(client, paper, asked, encoding):
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    plain = client.get("/").content
    for _ in range(2):
        found = client.get("/", headers={"accept-encoding": asked})
        assert found.get("Content-Encoding", "") == encoding
        assert decode(found.content) == plain
        assert found["Vary"] == "Accept-Encoding"
        assert found["Content-Length"] == str(len(found.content))


def test_a_page_that_the_reader_has_is_not_sent_again(client, paper, django_assert_num_queries):
    etag = client.get("/")["ETag"]
    for known in (etag, etag.removeprefix("W/"), f'"else", {etag}', "*"):
        with django_assert_num_queries(1):
            again = client.get("/", headers={"if-none-match": known, "accept-encoding": "br"})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert "Content-Encoding" not in again
    assert client.get("/", headers={"if-none-match": '"else"'}).status_code == 200


def test_a_question_for_the_headers_gives_those_of_the_page(client, paper):
    page = client.get("/")
    head = client.head("/")
    assert (head.content, dict(head.headers)) == (b"", dict(page.headers))


def test_a_part_is_not_sent_for_a_page(client, paper):
    client.get("/")
    assert client.get("/", headers={"range": "bytes=0-9"}).status_code == 200


def test_what_is_no_page_for_all_is_built_each_time(client, paper):
    photo = paper["article"].captions.get().photo
    draft = Article.objects.create(headline="草稿")
    for path, status in (
        (f"/photos/{photo.uid}/wide.jpg", 200),
        (f"/articles/{draft.pk}/", 404),
        ("/nowhere/", 404),
        ("/favicon.ico", 302),
        ("/service-worker.js", 200),
        ("/about", 301),
        ("/admin/login/", 200),
    ):
        assert client.get(path).status_code == status, path
        assert "W/" not in client.get(path).get("ETag", ""), path


def test_parameters_that_change_nothing_share_a_page_and_others_fill_no_cache(
    client, paper, django_assert_num_queries
):
    client.get("/about/")
    with django_assert_num_queries(1):
        client.get("/about/?utm_source=x&from=groupmessage&isappinstalled=0")
    for _ in range(2):
        with django_assert_num_queries(2):
            client.get("/about/?x=1")


def test_each_part_of_a_list_is_kept(client, paper, django_assert_num_queries):
    client.get("/corrections/?page=1")
    with django_assert_num_queries(1):
        assert client.get("/corrections/?page=1").status_code == 200
    assert client.get("/corrections/?page=2").status_code == 404


def test_each_host_and_scheme_has_its_own_pages(client, paper, settings):
    settings.ALLOWED_HOSTS = ["news.example", "www.news.example"]
    for secure in (False, True):
        for host in settings.ALLOWED_HOSTS:
            page = client.get("/about/", secure=secure, headers={"host": host})
            assert f"{'https' if secure else 'http'}://{host}/about/" in page.content.decode()
    assert client.get("/about/", headers={"host": "evil.example"}).status_code == 400


def test_results_of_a_search_are_kept_and_none_that_a_service_has_marked(
    client, paper, django_assert_num_queries
):
    for query in ("?q=公园", "?q=公园&from=2024"):
        client.get(f"/search/{query}")
        with django_assert_num_queries(1):
            client.get(f"/search/{query}")
    client.get("/search/?q=河埠&from=timeline")
    built = client.get("/search/?q=河埠").content.decode()
    assert "timeline" not in built
    assert client.get("/search/?q=河埠&from=timeline").content.decode() == built


def test_a_kept_feed_is_sent_to_who_tells_a_date_alone(client, paper, django_assert_num_queries):
    feed = client.get("/feeds/paper.atom")
    since = {"if-modified-since": http_date(time.time())}
    with django_assert_num_queries(1):
        assert client.get("/feeds/paper.atom", headers=since).content == feed.content
    known = since | {"if-none-match": feed["ETag"]}
    assert client.get("/feeds/paper.atom", headers=known).status_code == 304


@pytest.mark.parametrize("host", ["news.example:4711", "NEWS.example"])
def test_a_host_in_other_letters_or_with_a_port_fills_no_cache(
    client, paper, settings, host, django_assert_num_queries
):
    settings.ALLOWED_HOSTS = ["news.example"]
    client.get("/about/", headers={"host": host})
    with django_assert_num_queries(1):  # the masthead
        assert host in client.get("/about/", headers={"host": host}).content.decode()


def test_members_get_what_readers_get(client, paper, admin_user):
    page = client.get("/")
    member = Client()
    member.force_login(admin_user)
    assert member.get("/").content == page.content


def test_pages_of_another_database_are_not_shown(client, paper):
    PublicChange.objects.create(scope="everything")
    first = client.get("/about/").content
    Masthead.objects.update(name="另一份报纸")
    assert client.get("/about/").content == first
    PublicChange.objects.update(token=1)  # as it is there: same rows, other tokens
    assert "另一份报纸" in client.get("/about/").content.decode()


def test_errors_are_compressed_and_the_desk_is_not(client, paper):
    asked = {"accept-encoding": "br"}
    assert client.get("/nowhere/", headers=asked)["Content-Encoding"] == "br"
    assert "Content-Encoding" not in client.get("/admin/login/", headers=asked)
    assert "Content-Encoding" not in client.get("/robots.txt", {"x": 1}, headers=asked)
