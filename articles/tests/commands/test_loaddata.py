"""Loading fixtures with the files that their rows name."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Photo, PublicChange
from articles.photos import renditions
from articles.photos.files import image_processing
from articles.tests.factories import image_bytes
from articles.tests.picture_cases import saved

pytestmark = pytest.mark.django_db
UID = "11111111-2222-4333-8444-555555555555"
NAME = "photos/11/placeholder.png"


@pytest.fixture
def folder(tmp_path):
    """A place for a fixture and its media, apart from the storage."""
    (tmp_path / "fixtures").mkdir()
    return tmp_path / "fixtures"


def load(path) -> None:
    call_command("loaddata", str(path), stdout=StringIO())


def every_row() -> dict:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model is not PublicChange  # That somebody loaded rows counts each time.
    }


def every_file(root: Path) -> dict:
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
    }


def write_fixture(folder: Path, *rows, data=b"") -> Path:
    if data:
        (folder / "media" / NAME).parent.mkdir(parents=True, exist_ok=True)
        (folder / "media" / NAME).write_bytes(data)
    path = folder / "some.json"
    path.write_text(json.dumps(rows))
    return path


def photo_row(file=NAME, uid=UID) -> dict:
    created_at = "2024-07-27T00:00:00Z"
    return {
        "model": "articles.photo",
        "fields": {"uid": uid, "file": file, "created_at": created_at},
    }


def test_loading_the_sample_twice_changes_nothing(settings):
    load("sample_issue")
    rows, files = every_row(), every_file(settings.MEDIA_ROOT)
    load("sample_issue")
    assert every_row() == rows
    assert every_file(settings.MEDIA_ROOT) == files
    photo = Photo.objects.get()
    names = [renditions.rendition_name(photo, name) for name in image_processing.RENDITIONS]
    assert sorted(files) == sorted([photo.file.name, *names])


def test_a_row_brings_its_file_and_its_renditions(folder):
    picture = image_bytes(size=(600, 400))
    load(write_fixture(folder, photo_row(), data=picture))
    photo = Photo.objects.get(uid=UID)
    assert photo.file.read() == picture
    assert (photo.width, photo.height) == (600, 400)
    with renditions.open_rendition(photo, "small") as file:
        assert Image.open(file).size == (600, 400)


def test_a_file_that_was_drawn_anew_takes_the_place_of_the_old(folder, settings):
    load(write_fixture(folder, photo_row(), data=image_bytes(colour="black")))
    names = set(every_file(settings.MEDIA_ROOT))
    load(write_fixture(folder, photo_row(), data=image_bytes(colour="white")))
    assert set(every_file(settings.MEDIA_ROOT)) == names
    photo = Photo.objects.get()
    with renditions.open_rendition(photo, "wide") as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 255, 255)


def test_a_file_that_only_the_storage_has_is_enough(folder):
    load(write_fixture(folder, photo_row(), data=image_bytes()))
    (folder / "media" / NAME).unlink()
    Photo.objects.all().delete()
    load(write_fixture(folder, photo_row()))
    assert Photo.objects.get().file.read() == image_bytes()


@pytest.mark.parametrize(
    "file", ["photos/11/missing.png", "../secret.png", "photos/../../secret.png", "/etc/passwd"]
)
def test_a_file_that_is_missing_or_outside_stops_everything(file, folder, settings):
    (folder / "secret.png").write_bytes(image_bytes())
    path = write_fixture(folder, photo_row(), photo_row(file, uid=UID[::-1]), data=image_bytes())
    with pytest.raises(CommandError, match=r"passwd|secret\.png|missing\.png"):
        load(path)
    assert Photo.objects.count() == 0
    assert not settings.MEDIA_ROOT.exists()


def test_a_link_that_leads_out_of_the_media_folder_is_refused(folder):
    path = write_fixture(folder, photo_row("photos/11/link.png"), data=image_bytes())
    (folder / "secret.png").write_bytes(saved(Image.new("L", (9, 9)), "PNG"))
    (folder / "media/photos/11/link.png").symlink_to(folder / "secret.png")
    with pytest.raises(CommandError, match="link.png"):
        load(path)


def test_rows_that_cannot_be_stored_leave_no_file_behind(folder, settings):
    path = write_fixture(
        folder, photo_row(), {"model": "articles.page", "fields": {"issue": 99}}, data=image_bytes()
    )
    with pytest.raises(Exception, match="Problem installing fixture"):
        load(path)
    assert every_file(settings.MEDIA_ROOT) == {}


def test_a_fixture_without_files_loads_as_ever(folder):
    load(write_fixture(folder, {"model": "articles.column", "fields": {"name": "民生实事"}}))
    assert apps.get_model("articles.column").objects.get().name == "民生实事"
