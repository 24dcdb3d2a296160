"""The PDF of a whole issue."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from articles.facsimiles.covering import BeingMadeError
from articles.models import Article, Facsimile, Issue, Status
from articles.tests.facsimiles.making import make_facsimile
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.intake.page_pdf import pdf_files
from articles.views.issue import facsimile
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
PDF = "/2024-07-27.pdf"


@pytest.fixture
def articles():
    issue = make_issue(issued_on=date(2024, 7, 27))
    pages = [make_page(issue=issue, label=label) for label in ("A10", "A2", "A3")]
    found = [make_article(page=page) for page in pages]
    make_facsimile(pages[0], found[0])
    make_facsimile(pages[1], found[1], source=pdf_files.scanned_pdf())
    return found


def test_the_pages_are_joined_in_their_order_and_kept(client, articles, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = client.get(PDF)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="2024-07-27.pdf"'
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    assert [bool(text.strip()) for text in texts] == [False, True]  # the scan is A2
    again = client.get(PDF, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_it_is_gone_when_anything_is_withdrawn_and_back_when_signed_again(client, articles):
    client.get(PDF)
    transitions.move(articles[0], "withdraw", by=make_chief(), note="失实")
    assert client.get(PDF).status_code == 410
    Article.objects.update(status=Status.SIGNED)
    assert client.get(PDF).status_code == 200


def test_before_the_minute_and_without_pages_there_is_none(client, articles):
    Issue.objects.update(released_at=timezone.now() + timedelta(minutes=1))
    assert client.get(PDF).status_code == 404
    Issue.objects.update(released_at=timezone.now())
    Facsimile.objects.all().delete()
    assert client.get(PDF).status_code == 404


def test_who_asks_while_it_is_joined_is_asked_to_come_back(client, articles, monkeypatch):
    def busy(_):
        raise BeingMadeError

    monkeypatch.setattr(facsimile, "issue_pdf_name", busy)
    assert client.get(PDF).status_code == 503


def test_a_page_whose_file_is_missing_is_told_as_gone(client, articles):
    default_storage.delete(Facsimile.objects.first().pdf.name)
    assert client.get(PDF).status_code == 410
