"""A photo's picture reaches readers with its article, and nobody before."""

from datetime import timedelta
from errno import ENOSPC
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from PIL import Image

from articles.models import Status
from articles.photos import renditions
from articles.tests import factories

pytestmark = pytest.mark.django_db
UNKNOWN = "/photos/00000000-0000-4000-8000-000000000000/wide.jpg"


def address(photo, rendition="wide") -> str:
    return f"/photos/{photo.uid}/{rendition}.jpg"


@pytest.fixture
def page():
    return factories.make_page()


@pytest.fixture
def public(page):
    """A photo that readers see."""
    return factories.make_caption(article=factories.make_article(page=page)).photo


def unused():
    return factories.make_photo()


def of_a_draft():
    article = factories.make_article(page=factories.make_page(), status=Status.DRAFT)
    return factories.make_caption(article=article).photo


def of_an_article_without_a_page():
    return factories.make_caption(article=factories.make_article()).photo


def of_tomorrow():
    issue = factories.make_issue(released_at=timezone.now() + timedelta(minutes=1))
    return factories.make_caption(
        article=factories.make_article(page=factories.make_page(issue=issue))
    ).photo


def of_an_issue_not_released():
    page = factories.make_page(issue=factories.make_issue(released_at=None))
    return factories.make_caption(article=factories.make_article(page=page)).photo


HIDDEN = [unused, of_a_draft, of_an_article_without_a_page, of_tomorrow, of_an_issue_not_released]


@pytest.fixture
def member(client):
    """A member who may view photos, logged in."""
    member = factories.make_member(username="editor", is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.force_login(member)
    return member


@pytest.mark.parametrize("name", ["front", "front-large", "wide", "small", "preview"])
def test_readers_get_a_picture_with_one_query(client, public, name, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(address(public, name))
    assert response.status_code == 200
    assert Image.open(BytesIO(response.content)).size == renditions.rendition_size(public, name)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Content-Disposition" not in response and response["Vary"] == "Accept"
    assert not response.cookies


CHROMIUM = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


@pytest.mark.parametrize("name", ["front", "wide", "preview"])
def test_who_takes_webp_gets_a_smaller_file_at_the_same_address(client, public, name):
    jpeg = client.get(address(public, name))
    for _ in range(2):  # made, and made once
        response = client.get(address(public, name), headers={"Accept": CHROMIUM})
        picture = Image.open(BytesIO(response.content))
        assert (response["Content-Type"], picture.format) == ("image/webp", "WEBP")
        assert picture.size == renditions.rendition_size(public, name)
        assert response["Content-Length"] == str(len(response.content))
        assert len(response.content) < len(jpeg.content)
        assert response["Vary"] == "Accept" and response["ETag"] != jpeg["ETag"]
    unchanged = {"Accept": CHROMIUM, "If-None-Match": response["ETag"]}
    told = client.get(address(public, name), headers=unchanged)
    assert (told.status_code, told["Vary"]) == (304, "Accept")
    stored = {each for each in renditions.stored_renditions(public) if each.endswith(".webp")}
    assert stored == {renditions.webp_name(public, name)}


@pytest.mark.parametrize("accept", ["*/*", "image/*", "image/webp;q=0, image/jpeg", "", "webp"])
def test_who_does_not_name_webp_gets_a_jpeg_file(client, public, accept):
    response = client.get(address(public), headers={"Accept": accept})
    assert response["Content-Type"] == "image/jpeg"


def test_where_no_webp_file_can_be_kept_readers_get_the_jpeg_file(client, public, monkeypatch):
    def refuse(*args):
        raise PermissionError

    monkeypatch.setattr(public.file.storage.__class__, "_save", refuse)
    response = client.get(address(public), headers={"Accept": CHROMIUM})
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")


def test_a_webp_file_whose_writing_was_cut_off_is_not_served(client, public, monkeypatch):
    storage = FileSystemStorage
    save = storage._save

    def cut_off(self, name, content):
        save(self, name, content.__class__(content.read(100)))
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(storage, "_save", cut_off)
        response = client.get(address(public), headers={"Accept": CHROMIUM})
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert not any(".webp" in name for name in renditions.stored_renditions(public))
    response = client.get(address(public), headers={"Accept": CHROMIUM})
    assert Image.open(BytesIO(response.content)).format == "WEBP"


def test_a_missing_rendition_is_missing_as_webp_too(client, public):
    public.file.storage.delete(renditions.rendition_name(public, "wide"))
    assert client.get(address(public), headers={"Accept": CHROMIUM}).status_code == 404


def test_a_photo_in_many_articles_takes_one_query(client, page, public, django_assert_num_queries):
    for _ in range(25):
        factories.make_caption(article=factories.make_article(page=page), photo=public)
    with django_assert_num_queries(1):
        assert client.get(address(public)).status_code == 200


def test_a_head_request_tells_the_same_without_the_bytes(client, public):
    got, told = client.get(address(public)), client.head(address(public))
    assert told.content == b""
    assert dict(told.headers) == dict(got.headers)


def test_an_unchanged_picture_is_not_sent_again(client, public):
    first = client.get(address(public))
    for header, value in (
        ("If-None-Match", first["ETag"]),
        ("If-Modified-Since", first["Last-Modified"]),
    ):
        response = client.get(address(public), headers={header: value})
        assert (response.status_code, response.content) == (304, b"")
        assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_photo_that_is_not_public_is_as_unknown_as_none(client, hidden):
    photo = hidden()
    for headers in ({}, {"If-None-Match": "*"}, {"Cookie": "session=forged"}):
        for method in (client.get, client.head):
            response = method(address(photo), headers=headers)
            nothing = method(UNKNOWN, headers=headers)
            assert response.status_code == nothing.status_code == 404
            assert dict(response.headers) == dict(nothing.headers)
            told = response.content.replace(str(photo.uid).encode(), b"")
            assert told == nothing.content.replace(UNKNOWN[8:44].encode(), b"")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_member_who_may_view_photos_sees_those_that_are_not_public(client, member, hidden):
    response = client.get(address(hidden()))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_member_without_the_permission_sees_what_readers_see(client, public):
    client.force_login(factories.make_member(username="nobody", is_staff=True))
    assert client.get(address(public)).status_code == 200
    assert client.get(address(unused())).status_code == 404


def test_a_session_does_not_change_a_public_picture(
    client, member, public, django_assert_num_queries
):
    with django_assert_num_queries(1):
        response = client.get(address(public))
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"] == "Accept" and not response.cookies


def test_a_withdrawn_picture_is_gone_with_the_next_request(client, public):
    etag = client.get(address(public))["ETag"]
    public.captions.get().article.delete()
    assert client.get(address(public), headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("name", ["original", "huge", "__class__", "file"])
def test_there_is_no_other_form_of_a_picture(client, member, public, name):
    assert client.get(address(public, name)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/{name}", "/media/{name}", "/photos/{name}", "/static/{name}", "/__processed__/"]
)
def test_the_file_that_came_in_has_no_address(client, member, public, path):
    assert client.get(path.format(name=public.file.name)).status_code == 404


def test_a_missing_rendition_is_a_404_and_a_line_in_the_log(client, public, caplog):
    name = renditions.rendition_name(public, "wide")
    public.file.storage.delete(name)
    assert client.get(address(public)).status_code == 404
    assert [
        record.message for record in caplog.records if record.name == "articles.views.stored_file"
    ] == [f"The file {name} is missing."]


def test_a_proxy_may_hand_out_the_bytes_but_never_decides(client, public, settings):
    settings.ACCEL_REDIRECT = "/protected/"
    response = client.get(address(public))
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/protected/{renditions.rendition_name(public, 'wide')}"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=60"
    hidden = client.get(address(unused()))
    assert hidden.status_code == 404
    assert "X-Accel-Redirect" not in hidden


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_a_picture_can_only_be_read(client, public, method):
    assert getattr(client, method)(address(public)).status_code == 405
