"""What is sent to the desk: how much it takes of whom, before it reads any of it."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from articles.models import Article
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, fields, signed_in
from articles.tests.html_parsing import Parsed
from newsroom.body_limits import LIMITS, MB, MULTIPART, URLENCODED, content_length

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "http://testserver"}
JSON = "application/json"
BOUNDARY = f"{MULTIPART}; boundary=line"
# Of a few fields at most, for which a megabyte is enough.
SMALL_FORMS = (
    "admin/_bar.html",
    "admin/index.html",
    "admin/log_ins.html",
    "admin/login.html",
    "admin/notices.html",
    "admin/second_factor/",
    "admin/articles/member/departure.html",
    "admin/articles/issue/",
    "admin/articles/article/_autosave.html",
)


class Unread:
    """A body that nobody may read."""

    def read(self, *sizes):
        raise AssertionError("The body was read.")

    readline = read


def send(client, kind: str, size: int | None, **facts):
    """Announce a body to the form of a new article; it fails where somebody reads it."""
    facts |= {"wsgi.input": Unread(), "CONTENT_TYPE": kind}
    if size is not None:
        facts["CONTENT_LENGTH"] = str(size)
    return client.post(ARTICLE_ADD_URL, headers=ORIGIN, **facts)


@pytest.mark.parametrize(
    ("kind", "size"),
    [(URLENCODED, 300_000), (URLENCODED, 31 * MB), (BOUNDARY, 31 * MB), (JSON, 2 * MB)],
)
def test_without_a_login_a_large_body_is_refused_unread(kind, size):
    response = send(Client(enforce_csrf_checks=True), kind, size)
    words = Parsed(response).texts(".//div[@id='content-main']/p")[0]
    assert (response.status_code, "您没有登录" in words) == (413, True)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "size"), [(URLENCODED, MB + 1), (BOUNDARY, 111 * MB), (JSON, 41 * MB)]
)
def test_of_a_member_a_body_over_the_limit_is_refused_unread(kind, size):
    response = send(signed_in(), kind, size)
    words = Parsed(response).texts(".//div[@id='content-main']/p")[0]
    assert (response.status_code, "没有保存" in words) == (413, True)


def test_a_body_of_unknown_length_is_refused_unread():
    for client in (Client(), signed_in()):
        response = send(client, URLENCODED, None, HTTP_TRANSFER_ENCODING="chunked")
        assert response.status_code == 411


@pytest.mark.parametrize(("told", "size"), [("", 0), ("x", 0), ("-5", 0), ("70", 70)])
def test_a_length_that_makes_no_sense_is_no_body(rf, told, size):
    assert content_length(rf.get("/", CONTENT_LENGTH=told)) == size


def test_a_long_article_is_stored_as_its_form_sends_it():
    text = "<p>" + "云溪区的一天。" * 150_000 + "</p>"
    desk = signed_in()
    form = fields(desk.get(ARTICLE_ADD_URL), "article_form")
    sent = form | article_data(headline="长文", body=text)
    assert desk.post(ARTICLE_ADD_URL, sent).status_code == 302
    assert Article.objects.get().body == text


def test_a_short_form_is_taken_however_it_is_sent():
    sent = urlencode(article_data(headline="短文", body="短。" * 9_000))
    assert signed_in().post(ARTICLE_ADD_URL, sent, content_type=URLENCODED).status_code == 302
    assert Article.objects.get().headline == "短文"


@pytest.mark.parametrize("model", ["article", "issue", "rawpage", "photo", "masthead", "column"])
def test_the_forms_of_the_admin_are_sent_as_multipart(model):
    page = Parsed(signed_in().get(f"/admin/articles/{model}/add/"))
    kinds = {form.get("enctype") for form in page.all(f".//form[@id='{model}_form']")}
    assert kinds <= {MULTIPART}


def test_a_form_that_is_handed_back_is_sent_as_multipart():
    response = Client().post(ARTICLE_ADD_URL, article_data(headline="夜"), headers=ORIGIN)
    (form,) = Parsed(response).all(".//form[@class='again']")
    assert form.get("enctype") == MULTIPART


def test_forms_that_may_grow_long_are_sent_as_multipart():
    root = settings.BASE_DIR / "templates"
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.html")
        for form in re.findall(r"<form\b[^>]*method=.post[^>]*>", path.read_text())
        if MULTIPART not in form
    }
    assert {name for name in found if not name.startswith(SMALL_FORMS)} == set()


def test_the_limits_are_checked_before_the_token_of_the_form(monkeypatch):
    """The check of the token reads the whole body."""

    def read(self):
        raise AssertionError("The body was parsed.")

    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", read)
    client = Client(enforce_csrf_checks=True)
    for kind, (stranger, _member) in LIMITS.items():
        assert send(client, kind, stranger + 1).status_code == 413
