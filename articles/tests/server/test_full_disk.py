"""A small disk that is full: no file without a row, no row without its files, and readers read."""

import os
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles.models import Photo
from articles.photos import media_files
from articles.tests.factories import make_article, make_caption, make_page, make_photo
from articles.tests.form_helpers import signed_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk"),
]
UPLOAD, MEGABYTES = "/admin/articles/photo/upload/", 6


@pytest.fixture
def small_disk(settings, tmp_path):
    """A media folder on a disk of its own that takes a few megabytes."""
    place = tmp_path / "media"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("nothing is mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def noise(number: int) -> SimpleUploadedFile:
    """Return a picture that takes some room."""
    buffer = BytesIO()
    picture = Image.frombytes("RGB", (600, 400), os.urandom(600 * 400 * 3))
    picture.save(buffer, "JPEG", quality=85)
    return SimpleUploadedFile(f"{number}.jpg", buffer.getvalue(), "image/jpeg")


def upload(desk) -> int:
    """Upload a picture; return the status of the answer."""
    form = {"file": noise(1), "uid": str(uuid4()), "anyway": "on"}
    return desk.post(UPLOAD, form, headers={"origin": "http://testserver"}).status_code


def test_a_full_disk_leaves_nothing_half_and_is_told(small_disk):
    photo, article = make_photo(size=(300, 200)), make_article(page=make_page())
    make_caption(article=article, photo=photo)
    desk = signed_in()
    desk.raise_request_exception = False
    answers = []
    while 507 not in answers:
        answers.append(upload(desk))
        assert len(answers) < 200
    answers += [upload(desk) for _ in range(10)]
    print(f"{answers.count(200)} stored, {answers.count(507)} refused")
    assert {*answers} == {200, 507}
    assert Photo.objects.count() == 1 + answers.count(200)
    assert_files_and_rows_agree()
    assert Client().get(article.get_absolute_url()).status_code == 200
    assert Client().get(f"/photos/{photo.uid}/wide.jpg").status_code == 200
    last = Photo.objects.latest("pk")
    assert desk.post(f"/admin/articles/photo/{last.pk}/delete/", {"post": "yes"}).status_code == 302
    assert upload(desk) == 200
    assert_files_and_rows_agree()


def assert_files_and_rows_agree() -> None:
    """No file is without its row, and no row without its files."""
    assert [*media_files.rows_without_files()] == []
    assert media_files.stray_files(timedelta(0)) == []
    known = Photo.objects.count()
    originals = Path(media_files.default_storage.location, "photos").rglob("*")
    assert len([path for path in originals if path.is_file()]) == known
