"""Crops set by hand in the form of a photo, with numbers alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Photo, Status
from articles.photos import renditions
from articles.tests import factories
from articles.tests.html_parsing import Parsed
from articles.tests.picture_cases import camera_jpeg

pytestmark = pytest.mark.django_db
EMPTY = {
    f"crops-{shape}-{part}": ""
    for shape in ("wide", "square", "portrait")
    for part in ("left", "top", "width")
}
WIDE = {"crops-wide-left": "10", "crops-wide-top": "0", "crops-wide-width": "60"}
STORED = {"wide": [0.1, 0.0, 0.7, 0.8]}


@pytest.fixture
def photo(client):
    client.force_login(factories.make_chief())
    return factories.make_photo(size=(800, 400))


def address(photo) -> str:
    return reverse("admin:articles_photo_change", args=[photo.pk])


def post(client, photo, **more):
    """Post the form of a photo with the numbers of its crops; return the answer."""
    facts = {"focus": photo.focus, "credit": photo.credit, "alt": photo.alt}
    return client.post(address(photo), facts | EMPTY | more)


def errors(answer) -> dict:
    return dict(answer.context["adminform"].form.errors)


def test_a_crop_is_stored_shown_again_and_made(client, photo, django_capture_on_commit_callbacks):
    before = renditions.rendition_name(photo, "front")
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, photo, **WIDE).status_code == 302
    photo.refresh_from_db()
    assert photo.crops == STORED
    assert renditions.rendition_size(photo, "front") == (480, 320)
    assert not photo.file.storage.exists(before)
    page = Parsed(client.get(address(photo)))
    inputs = page.all(".//fieldset[@class='crop']//input")
    shown = {each.get("name"): each.get("value") for each in inputs}
    assert shown == EMPTY | {name: f"{number}.0" for name, number in WIDE.items()}
    assert post(client, photo, **shown).status_code == 302
    photo.refresh_from_db()
    assert photo.crops == STORED


def test_emptied_numbers_leave_the_crop_to_the_focal_point(client, photo):
    post(client, photo, **WIDE)
    assert post(client, photo).status_code == 302
    assert Photo.objects.get().crops == {}


def test_a_form_without_crops_leaves_them_alone(client, photo):
    post(client, photo, **WIDE)
    client.post(address(photo), {"focus": photo.focus, "credit": "林晓禾 摄"})
    assert Photo.objects.values_list("crops", "credit").get() == (STORED, "林晓禾 摄")


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (("10", "", "60"), "每个裁切要填左边、上边和宽三个数字，或者都留空。"),
        (("10", "上", "60"), "每个裁切要填左边、上边和宽三个数字，或者都留空。"),
        (("50", "0", "60"), "裁切范围超出了图片。"),
        (("0", "0", "100"), "裁切范围超出了图片。"),
        (("-1", "0", "60"), "裁切范围超出了图片。"),
        (("nan", "0", "60"), "裁切范围超出了图片。"),
        (("0", "0", "1e999"), "裁切范围超出了图片。"),
        (("0", "0", "1"), "裁切范围超出了图片。"),
    ],
)
def test_numbers_that_are_no_crop_are_refused_and_shown_again(client, photo, numbers, message):
    typed = dict(zip(WIDE, numbers, strict=True))
    answer = post(client, photo, **typed)
    assert errors(answer) == {"crops": [message]}
    inputs = Parsed(answer).all(".//fieldset[@class='crop']//input")
    assert [each.get("value") for each in inputs][:3] == list(numbers)
    assert Photo.objects.get().crops == {}


def test_a_new_picture_has_no_crops(client, photo):
    post(client, photo, **WIDE)
    file = SimpleUploadedFile("a.jpg", camera_jpeg())
    assert post(client, photo, file=file, **WIDE).status_code == 302
    assert Photo.objects.get().crops == {}


def test_the_crops_of_a_printed_photo_are_settled(client, photo):
    article = factories.make_article(page=factories.make_page(), status=Status.SIGNED)
    factories.make_caption(article=article, photo=photo)
    assert post(client, photo, **WIDE).status_code == 302
    assert Photo.objects.get().crops == {}
