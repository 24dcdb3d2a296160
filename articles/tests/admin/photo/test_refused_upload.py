"""An upload that is refused at any moment leaves no file behind, and none without its row."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models.signals import pre_save

from articles.models import Photo
from articles.photos.files.image_processing import RENDITIONS
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from newsroom.storage import MediaStorage

pytestmark = pytest.mark.django_db(transaction=True)
FILES = 1 + len(RENDITIONS)
ADD, UPLOAD, TRAY = (f"/admin/articles/photo/{name}/" for name in ("add", "upload", "tray"))


def picture():
    return SimpleUploadedFile("DSC_0001.jpg", factories.image_bytes(), "image/jpeg")


def posts():
    """Return what each way to upload a photo posts, by its address."""
    return {
        ADD: {"file": picture(), "focus": "0.5x0.5"},
        UPLOAD: {"file": picture(), "uid": uuid4(), "anyway": "on"},
        TRAY: {"photos": [picture()]},
    }


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def no_row_of(model):
    """A database that refuses to store a row of a model, which fails the block."""

    def refuse(sender, **_options):
        if sender is model:
            raise OperationalError("database or disk is full")

    pre_save.connect(refuse)
    try:
        with pytest.raises(OperationalError):
            yield
    finally:
        pre_save.disconnect(refuse)


@pytest.mark.parametrize("address", [ADD, UPLOAD, TRAY])
@pytest.mark.parametrize("model", [Photo, LogEntry])
def test_a_database_that_takes_no_row_leaves_no_file(settings, monkeypatch, address, model):
    desk = signed_in()
    with no_row_of(model):
        desk.post(address, posts()[address])
    assert len(files_in(settings.MEDIA_ROOT)) == FILES * Photo.objects.count()


@pytest.mark.parametrize("address", [ADD, UPLOAD, TRAY])
@pytest.mark.parametrize("number", [1, 2, 9])
def test_a_disk_that_is_full_at_any_file_leaves_none(settings, monkeypatch, address, number):
    desk, write, files = signed_in(), MediaStorage.__base__._save, []

    def fill(storage, name, content):
        saved = write(storage, name, content)
        files.append(name)
        if len(files) == number:
            raise OSError(28, "No space left on device")
        return saved

    monkeypatch.setattr(MediaStorage.__base__, "_save", fill)
    with pytest.raises(OSError):
        desk.post(address, posts()[address])
    assert len(files) == number
    assert files_in(settings.MEDIA_ROOT) == []
    assert not Photo.objects.exists()


def test_a_refused_change_keeps_the_file_that_the_photo_had(settings):
    photo, desk = factories.make_photo(), signed_in()
    before = files_in(settings.MEDIA_ROOT)
    with no_row_of(LogEntry):
        typed = {"file": picture(), "focus": "0.5x0.5", "crops": "{}"}
        desk.post(f"/admin/articles/photo/{photo.pk}/change/", typed)
    assert sorted(files_in(settings.MEDIA_ROOT)) == sorted(before)


def test_a_file_has_its_name_once_it_is_whole(settings):
    class Torn:
        """A file of which only the beginning can be read."""

        name = "a.jpg"

        def chunks(self):
            yield b"beginning"
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError):
        default_storage.save("photos/aa/a.jpg", Torn())
    assert files_in(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("forged", ["7", "x", "'", "\x00", "1" * 400])
def test_a_forged_article_of_a_photo_is_refused_at_its_place(forged):
    photo, desk = factories.make_photo(), signed_in()
    for address in (ADD, f"/admin/articles/photo/{photo.pk}/change/"):
        typed = {"file": picture(), "focus": "0.5x0.5", "crops": "{}", "only_article": forged}
        response = desk.post(address, typed)
        assert response.status_code == 200
        assert list(response.context["adminform"].form.errors) == ["only_article"]


def test_a_photo_keeps_the_article_that_it_is_for():
    article, desk = factories.make_article(), signed_in()
    photo = factories.make_photo(only_article=article)
    address = f"/admin/articles/photo/{photo.pk}/change/"
    assert article.display_title in desk.get(address).content.decode()
    typed = {"focus": "0.5x0.5", "crops": "{}", "alt": "窗口", "only_article": str(article.uid)}
    assert desk.post(address, typed).status_code == 302
    photo.refresh_from_db()
    assert (photo.alt, photo.only_article) == ("窗口", article)
