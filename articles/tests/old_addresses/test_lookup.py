"""What an old address answers: 301 to what readers see, 410 where it is gone, else 404."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from articles.models import Article, OldAddress, Status
from articles.old_addresses.lookup import look_up
from articles.old_addresses.patterns import normalize
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.html_parsing import Parsed
from articles.tests.query_cost import Cost

pytestmark = pytest.mark.django_db
DAY = date(2019, 10, 12)
SHAPES = {
    "/html/{year}-{month}/{day}/node_{page}.htm": "/{year}-{month}-{day}/{page}/",
    "/html/{year}-{month}/{day}/content_{any}.htm": "/{year}-{month}-{day}/",
}


def add(**targets) -> None:
    """Store old addresses."""
    OldAddress.objects.bulk_create(OldAddress(pattern=k, target=v) for k, v in targets.items())


@pytest.fixture
def article() -> Article:
    """A published article on page A01 of an issue."""
    return make_article(page=make_page(issue=make_issue(issued_on=DAY), label="A01"))


def test_an_old_address_leads_to_its_article_for_good(client, article):
    add(**{"/html/2019-10/12/content_1_2.htm": article.get_absolute_url()}, **SHAPES)
    response = client.get("/html/2019-10/12/content_1_2.htm?from=wx")
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert client.head("/html/2019-10/12/content_1_2.htm").status_code == 301


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/html/2019-10/12/node_A01.htm", "/2019-10-12/A01/"),
        ("/html/2019-10/12/node_A1.htm", "/2019-10-12/A01/"),
        ("/html/2019-10/12/node_9.htm", "/2019-10-12/"),
        ("/html/2019-10/12/content_1_2.htm", "/2019-10-12/"),
    ],
)
def test_a_shape_leads_to_the_page_or_where_there_is_none_to_the_issue(
    client, article, address, path
):
    add(**SHAPES)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, path)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("address", ["/html/2019-02/31/node_1.htm", "/html/2019-99/99/node_1.htm"])
def test_a_day_that_does_not_exist_is_not_found(client, article, address):
    add(**SHAPES)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("pattern", [*SHAPES])
def test_the_text_of_a_pattern_is_no_address_that_it_fits(client, article, pattern):
    add(**SHAPES)
    assert client.get(pattern.replace("{", "%7B").replace("}", "%7D")).status_code == 404


@pytest.mark.parametrize("address", ["/?id=%00", "/%00", "/?%00=1"])
def test_an_address_with_nul_is_none(client, article, address):
    add(**{"/{any}": "/about/"})
    assert client.get(address).status_code == (200 if address.startswith("/?") else 404)


def test_an_address_in_another_encoding_than_utf_8_is_found(client, article):
    add(**{normalize("http://old.example/%d4%c6/%E4%BA%91.htm"): "/about/"})
    assert client.get("/%D4%C6/%e4%ba%91.htm")["Location"] == "/about/"


def test_parameters_that_tell_pages_apart_are_looked_up(client, article):
    url = article.get_absolute_url()
    add(**{"/content.aspx?id=7": url, "/?id=8": url})
    assert client.get("/content.aspx?id=7&from=wx")["Location"] == url
    assert client.get("/content.aspx?id=9").status_code == 404
    assert client.get("/content.aspx").status_code == 404
    assert client.get("/?id=8")["Location"] == url
    assert client.get("/?id=9").status_code == 200


def test_what_readers_do_not_see_is_as_what_does_not_exist(client):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    waiting = make_page(issue=make_issue(issued_on=DAY, released_at=tomorrow))
    early = make_article(page=waiting)
    draft = make_article(page=make_page(), status=Status.DRAFT)
    add(**SHAPES, **{f"/{row.pk}.htm": row.get_absolute_url() for row in (early, draft)})
    files = ("/cite.bib", ".json", ".archive.json")
    add(**{"/0.htm": "/articles/0/"}, **{f"/1{f}": f"/articles/{draft.pk}{f}" for f in files})
    addresses = [f"/{early.pk}.htm", f"/{draft.pk}.htm", "/0.htm", "/nowhere.htm"]
    addresses += ["/html/2019-10/12/node_A1.htm", "/html/2019-10/13/node_A1.htm"]
    addresses += [f"/1{f}" for f in files]
    answers = {(found.status_code, found.content) for found in map(client.get, addresses)}
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_a_withdrawn_article_is_led_to_its_notice(client, article):
    add(**{"/1.htm": article.get_absolute_url()})
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
    article.revisions.create(number=1, stored_copy="{}", change="edited", status="signed")
    article.reviews.create(
        revision=article.revisions.get(),
        move="withdraw",
        from_status="signed",
        to_status="withdrawn",
        note="重复",
    )
    assert client.get("/1.htm", follow=True).status_code == 410


def test_what_is_gone_says_why(client):
    OldAddress.objects.create(pattern="/forum/{any}.htm", reason="论坛已于2015年关闭 <b>")
    response = client.get("/forum/topic-1.htm")
    assert response.status_code == 410
    page = Parsed(response)
    assert page.texts(".//h1") == ["此页不再提供"]
    assert page.texts(".//dd") == ["论坛已于2015年关闭 <b>"]


def test_pages_of_this_site_and_the_desk_go_first(client, article):
    add(**{"/{any}/": "/about/", "/admin/{any}": "/about/", "/articles/99/": "/about/"})
    assert client.get("/archive/").status_code == 200
    assert client.get("/articles/99/").status_code == 404
    assert client.get("/admin/nothing").status_code != 301
    assert client.get("/old/")["Location"] == "/about/"


@pytest.mark.parametrize("address", ["//evil.example/a.htm", "/\\evil.example/a.htm"])
def test_no_address_leads_to_another_site(client, article, address):
    add(**{"/{any}/a.htm": "/about/", "//{any}/a.htm": "//evil.example/"})
    response = client.get(address)
    assert response.get("Location", "/about/") == "/about/"


def test_a_row_leads_or_is_gone():
    for target, reason in (("", ""), ("/about/", "关闭")):
        with pytest.raises(IntegrityError), transaction.atomic():
            OldAddress.objects.create(pattern="/a.htm", target=target, reason=reason)


def test_a_look_up_takes_two_queries_and_costs_the_same_with_many_rows(
    article, django_assert_num_queries
):
    url = article.get_absolute_url()
    add(**SHAPES, **{"/1.htm": url})
    look_up("/1.htm", [])
    with Cost() as few, django_assert_num_queries(2):
        assert look_up("/1.htm", [("from", "wx")]).leads_to == url
    OldAddress.objects.bulk_create(
        OldAddress(pattern=f"/{n}.htm", target=url) for n in range(2, 3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with Cost() as many, django_assert_num_queries(2):
        assert look_up("/1.htm", [("from", "wx")]).leads_to == url
    assert many.total < 2 * few.total + 100
    with django_assert_num_queries(1):
        assert look_up("/nowhere.htm", []) is None


def test_without_a_database_an_old_address_is_not_found(client):
    def down(execute, sql, params, many, context):
        raise OperationalError("no connection")

    with connection.execute_wrapper(down):
        assert client.get("/1.htm").status_code == 404
