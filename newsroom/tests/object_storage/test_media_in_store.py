"""Media in object storage: readers, the desk and the commands find them there."""

import io
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import Http404

from articles.models import Photo
from articles.photos import renditions
from articles.static_edition.site_answers import Site
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.views.stored_file import stored_file
from articles.workflow.preflight import is_readable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_store")]
CHROMIUM = {"Accept": "image/avif,image/webp,*/*;q=0.8"}


@pytest.fixture
def public() -> Photo:
    """A photo of a published article, in the store with its sizes."""
    factories.make_masthead()
    photo = factories.make_photo()
    page = factories.make_page(issue=factories.make_issue())
    factories.make_caption(article=factories.make_article(page=page), photo=photo)
    return photo


def address(photo: Photo) -> str:
    return f"/photos/{photo.uid}/small.jpg"


def test_readers_get_published_pictures_and_no_others(client, public, settings):
    answer = client.get(address(public), headers=CHROMIUM)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    with renditions.open_rendition(public, "small") as file:
        assert client.get(address(public)).content == file.read()
    again = client.get(address(public), headers={"If-None-Match": answer["ETag"]} | CHROMIUM)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address(factories.make_photo())).status_code == 404
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.django_db(transaction=True)  # The static edition reads by its own connection.
def test_the_proxy_is_told_a_signed_address_of_published_pictures_alone(client, public, settings):
    settings.ACCEL_REDIRECT = "/protected/"
    answer = client.get(address(public))
    told = answer["X-Accel-Redirect"]
    assert (answer.content, told[:11]) == (b"", "/protected/")
    with renditions.open_rendition(public, "small") as file:
        assert urlopen(f"{default_storage.endpoint_url}/{told[11:]}").read() == file.read()
    assert "X-Accel-Redirect" not in client.get(address(factories.make_photo()))
    exported = Site("http://testserver").get(address(public))
    assert exported.body[:2] == b"\xff\xd8"


def test_a_picture_that_is_missing_is_404(client, public):
    default_storage.delete(renditions.rendition_name(public, "small"))
    assert client.get(address(public)).status_code == 404
    assert not is_readable(public)


def test_a_store_out_of_reach_costs_readers_the_pictures_only(client, public, out_of_reach, caplog):
    out_of_reach()
    answer = client.get(address(public), headers=CHROMIUM)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Cache-Control"] == "no-store"
    assert "图片暂时" in answer.content.decode()
    assert [record.levelname for record in caplog.records if "out of reach" in record.message] == [
        "ERROR"
    ]
    article = public.captions.get().article
    assert client.get(article.get_absolute_url()).status_code == 200


def test_an_upload_that_the_store_does_not_take_leaves_no_row(out_of_reach):
    out_of_reach()
    desk = signed_in()
    desk.raise_request_exception = False
    file = SimpleUploadedFile("DSC_0001.jpg", factories.image_bytes(), "image/jpeg")
    facts = {"file": file, "focus": "0.5x0.5", "alt": "荷塘"}
    answer = desk.post("/admin/articles/photo/add/", facts)
    assert answer.status_code == 503
    assert "暂时故障" in answer.content.decode()
    assert Photo.objects.count() == 0


def test_files_that_no_row_knows_are_found_and_removed(public):
    stray = f"photos/ab/{'a' * 32}.jpg"
    default_storage.save(stray, ContentFile(b"12345"))
    out = io.StringIO()
    call_command("clean_media", "--grace", "0", stdout=out)
    assert out.getvalue().splitlines()[0] == stray
    assert not default_storage.exists(stray)
    assert is_readable(public)


def test_a_fixture_brings_its_files_once():
    call_command("loaddata", "sample_issue", verbosity=0)
    before = {(each.name, each.changed_at) for each in default_storage.stored_files()}
    call_command("loaddata", "sample_issue", verbosity=0)
    assert {(each.name, each.changed_at) for each in default_storage.stored_files()} == before
    assert before


def test_any_stored_file_is_answered_from_the_store(rf, out_of_reach):
    default_storage.save("facsimiles/a.pdf", ContentFile(b"%PDF-1.7"))
    told = {"Content-Type": "application/pdf"}
    answer = stored_file(rf.get("/"), default_storage, "facsimiles/a.pdf", told)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    asked = rf.get("/", headers={"If-None-Match": answer["ETag"]})
    assert stored_file(asked, default_storage, "facsimiles/a.pdf", told).status_code == 304
    with pytest.raises(Http404):
        stored_file(rf.get("/"), default_storage, "facsimiles/b.pdf", told)
    out_of_reach()
    assert stored_file(rf.get("/"), default_storage, "facsimiles/a.pdf", told).status_code == 503
