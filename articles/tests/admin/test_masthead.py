"""The wordmark of the paper: uploaded at the desk, shown in the nameplate."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Masthead
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h9"/></svg>'
STORED = '<svg viewBox="0 0 40 10" fill="currentColor" aria-hidden="true"><path d="M0 0h9"/></svg>'


@pytest.fixture
def masthead():
    return factories.make_masthead(name="武进日报")


@pytest.fixture
def save(masthead):
    """A function that saves the form of the masthead with further fields."""
    chief = signed_in(factories.make_member(username="guanli", is_staff=True, is_superuser=True))
    address = reverse("admin:articles_masthead_change", args=[masthead.pk])

    def posted(**fields):
        return chief.post(address, {"valid_from": "2000-01-01", "name": "武进日报"} | fields)

    return posted


def test_an_uploaded_drawing_is_the_nameplate_and_the_name_is_still_read(save, client):
    assert save(drawing=SimpleUploadedFile("a.svg", DRAWING)).status_code == 302
    assert Masthead.objects.get().wordmark == STORED
    factories.make_article(page=factories.make_page())
    for path in ("/", "/archive/"):
        answer = client.get(path)
        assert STORED in answer.content.decode()
        assert Parsed(answer).texts(".//*[@class='plate']/a/span") == ["武进日报"]
    assert STORED not in client.get("/about/").content.decode().partition("<main")[2]


def test_a_drawing_stays_until_the_name_is_set_in_type_again(save):
    save(drawing=SimpleUploadedFile("a.svg", DRAWING))
    save()
    assert Masthead.objects.get().wordmark == STORED
    save(without_drawing="on")
    assert Masthead.objects.get().wordmark == ""


def test_a_file_that_is_no_drawing_is_refused_in_words(save):
    answer = save(drawing=SimpleUploadedFile("a.svg", b"<html/>"))
    assert "这个文件不是 SVG 图形。" in answer.content.decode()
    assert Masthead.objects.get().wordmark == ""
