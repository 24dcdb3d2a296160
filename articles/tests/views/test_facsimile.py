"""Pictures and PDFs of pages at their addresses."""

import io
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles import previews
from articles.facsimiles import storing
from articles.facsimiles.shown import published_facsimile
from articles.models import AfterWithdrawal, Article, Facsimile, Issue, Status
from articles.tests.facsimiles.making import make_facsimile
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
KEY = (date(2024, 7, 27), 1)
PICTURE, PDF = "/2024-07-27/A1/facsimile-480.webp", "/2024-07-27/A1.pdf"
COVERED, PRINTED = (120, 200), (400, 130)  # pixels of the picture: in the zone, outside of it


@pytest.fixture
def page():
    return make_page(issue=make_issue(issued_on=date(2024, 7, 27)))


@pytest.fixture
def article(page):
    return make_article(page=page)


@pytest.fixture
def row(page, article):
    return make_facsimile(page, article)


def withdraw(article):
    transitions.move(article, "withdraw", by=make_chief(), note="失实")


def picture(response) -> Image.Image:
    return Image.open(io.BytesIO(response.content)).convert("L")


def test_every_picture_of_a_published_page_is_served(client, row, django_assert_num_queries):
    for width, height in row.pictures:
        for kind, mime in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            address = f"/2024-07-27/A1/facsimile-{width}.{kind}"
            with django_assert_num_queries(2):
                response = client.get(address)
            assert (response.status_code, response["Content-Type"]) == (200, mime)
            assert picture(response).size == (width, height)
            assert response["Cache-Control"] == "public, max-age=60"
            again = client.get(address, headers={"If-None-Match": response["ETag"]})
            assert (again.status_code, again.content) == (304, b"")


def test_the_pdf_is_sent_as_a_file(client, row):
    response = client.get(PDF)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="2024-07-27-A1.pdf"'
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        "/2024-07-27/A1/facsimile-481.webp",
        "/2024-07-27/A1/facsimile-480.png",
        "/2024-07-27/A2/facsimile-480.webp",
        "/2024-07-28/A1/facsimile-480.webp",
        "/2024-07-27-2/A1.pdf",
        "/2024-07-27/A2.pdf",
    ],
)
def test_any_other_address_leads_nowhere(client, row, address):
    assert client.get(address).status_code == 404


def test_an_extra_has_addresses_of_its_own(client):
    page = make_page(issue=make_issue(issued_on=date(2024, 7, 27), edition=2))
    make_facsimile(page)
    assert client.get("/2024-07-27-2/A1.pdf").status_code == 200
    assert client.get("/2024-07-27-2/A1/facsimile-480.jpg").status_code == 200


@pytest.mark.parametrize("released_at", [None, timezone.now() + timedelta(days=1)])
def test_before_the_minute_only_members_who_may_see_pages_get_it(client, row, roles, released_at):
    Issue.objects.update(released_at=released_at)
    assert {client.get(address).status_code for address in (PICTURE, PDF)} == {404}
    member = signed_in(roles("责任编辑"))
    for address in (PICTURE, PDF):
        response = member.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert signed_in(roles("审计员")).get(PICTURE).status_code == 404


def test_a_withdrawn_article_is_painted_over_and_its_old_picture_never_served_again(
    client, row, article
):
    before = client.get(PICTURE)
    assert picture(before).getpixel(COVERED) > 235
    withdraw(article)
    after = client.get(PICTURE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert picture(after).getpixel(COVERED) in range(220, 235)
    assert picture(after).crop((30, 60, 210, 440)).getextrema()[0] > 150
    names = set(storing.stored_files(row.pdf.name))
    client.get(PICTURE)
    assert set(storing.stored_files(row.pdf.name)) == names
    assert len(names) == 17


def test_the_pdf_is_gone_after_a_withdrawal_and_back_when_signed_again(client, row, article):
    etag = client.get(PDF)["ETag"]
    withdraw(article)
    response = client.get(PDF, headers={"If-None-Match": etag})
    assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    Article.objects.update(status=Status.SIGNED)
    assert client.get(PDF).status_code == 200


def test_covers_of_another_day_are_deleted(client, row, article):
    withdraw(article)
    client.get(PICTURE)
    first = set(storing.stored_files(row.pdf.name))
    row.zones.update(polygon=[[0, 0], [900, 0], [900, 900]])
    client.get(PICTURE)
    second = set(storing.stored_files(row.pdf.name))
    assert len(first) == len(second) == 17
    assert len(first & second) == 9


def test_the_picture_is_gone_where_the_desk_wants_it_so(client, row, article):
    Facsimile.objects.update(after_withdrawal=AfterWithdrawal.GONE)
    withdraw(article)
    assert client.get(PICTURE).status_code == 410


def test_who_asks_while_a_cover_is_made_is_asked_to_come_back(client, row, article):
    withdraw(article)
    cache.add(f"facsimile-{row.pk}-{published_facsimile(KEY, 'A1').cover_key}", 1)
    response = client.get(PICTURE)
    assert (response.status_code, response["Retry-After"]) == (503, "3")
    assert response["Cache-Control"] == "no-store"


def test_a_page_that_cannot_be_painted_over_is_gone(client, row, article):
    default_storage.delete(row.pdf.name)
    withdraw(article)
    assert client.get(PICTURE).status_code == 410


def test_a_preview_has_the_picture(client, page, row):
    Issue.objects.update(released_at=None)
    link = previews.create_link(Issue.objects.get(), by=make_chief())
    address = f"/preview/{previews.token(link)}/A1/facsimile-480.webp"
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert client.get(address.replace("/A1/", "/A2/")).status_code == 404
    previews.revoke(link, by=make_chief(username="other"))
    assert client.get(address).status_code == 404
