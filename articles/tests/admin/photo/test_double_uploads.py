"""The form of a new photo that is posted twice stores one photo, and its files once."""

from functools import partial
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Photo
from articles.photos.files.image_processing import RENDITIONS
from articles.tests import factories
from articles.tests.form_helpers import fields, signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/photo/add/"


def form(uid, **typed):
    file = SimpleUploadedFile("DSC_0001.jpg", factories.image_bytes(), "image/jpeg")
    return {"file": file, "focus": "0.5x0.5", "alt": "办事窗口", "_uid": str(uid)} | typed


def change(photo):
    return f"/admin/articles/photo/{photo.pk}/change/"


def test_the_empty_form_names_its_photo_also_through_errors():
    desk = signed_in()
    uid = fields(desk.get(ADD), "photo_form")["_uid"]
    refused = desk.post(ADD, form(uid, focus="middle"))
    assert fields(refused, "photo_form")["_uid"] == uid
    desk.post(ADD, form(uid))
    assert str(Photo.objects.get().uid) == uid


def test_the_second_post_leads_to_the_photo_of_the_first():
    desk, uid = signed_in(), uuid4()
    desk.post(ADD, form(uid))
    again = desk.post(ADD, form(uid))
    photo = Photo.objects.get()
    assert again.headers["Location"] == change(photo)
    *_, told = get_messages(again.wsgi_request)
    assert str(told) == "图片已经存过了，这就是。"


def test_other_words_of_the_second_post_are_said_and_not_lost():
    desk, uid = signed_in(), uuid4()
    desk.post(ADD, form(uid))
    again = desk.post(ADD, form(uid, alt="办事大厅", place="河埠路"))
    assert Photo.objects.get().alt == "办事窗口"
    *_, told = get_messages(again.wsgi_request)
    assert str(told) == "后来填写的没有存：替代文字：办事大厅；拍摄地点：河埠路"


@pytest.mark.slow
def test_six_at_once_store_one_photo_and_its_files(together, settings):
    desks = [signed_in(factories.make_chief(username=f"m{n}")) for n in range(6)]
    uid = uuid4()
    answers = together([partial(desk.post, ADD, form(uid)) for desk in desks])
    photo = Photo.objects.get()
    assert {answer.status_code for answer in answers} == {302}
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(files) == 1 + len(RENDITIONS)
    assert str(settings.MEDIA_ROOT / photo.file.name) in map(str, files)
