"""What an uploaded picture says of itself, in the form of a photo."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Photo, SearchEntry
from articles.search import entries
from articles.tests import factories
from articles.tests.photos import photo_metadata as made
from articles.tests.picture_cases import camera_jpeg, saved, two_coloured

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/photo/add/"
EMPTY = {"focus": "0.5x0.5", "words": "", "credit": "", "place": "", "generated": ""}
GENERATED = made.packet(
    "", ' Iptc4xmpExt:DigitalSourceType="digsrctype:compositeWithTrainedAlgorithmicMedia"'
)


@pytest.fixture
def chief(client):
    client.force_login(factories.make_chief())


def post(client, data: bytes | None = None, *, photo: Photo | None = None, **typed):
    address = reverse("admin:articles_photo_change", args=[photo.pk]) if photo else ADD
    file = {"file": SimpleUploadedFile("IMG_1.jpg", data)} if data else {}
    return client.post(address, EMPTY | typed | file)


def told(response) -> list[str]:
    """The latest messages but the last, which says that the photo was stored."""
    messages = [str(message) for message in get_messages(response.wsgi_request)][:-1]
    stored = [number for number, message in enumerate(messages) if message.startswith("成功")]
    return messages[stored[-1] + 1 :] if stored else messages


def test_an_upload_fills_in_what_was_left_empty_and_tells_it(client, chief):
    data = made.with_iptc(
        made.iptc(
            encoding="gbk", caption="昨天开渔。", byline="周一鸣", city="云溪", date="20240726"
        )
    )
    response = post(client, data, place="乙镇")
    photo = Photo.objects.get()
    assert (photo.words, photo.credit, photo.place) == ("昨天开渔。", "周一鸣 摄", "乙镇")
    assert (photo.taken_on, photo.generated) == (date(2024, 7, 26), "")
    assert told(response) == ["已按文件所载填写，请核对：图说初稿、摄影署名、拍摄日期。"]
    with photo.file.open() as file:
        assert file.read() == data


def test_a_credit_that_a_new_file_fills_in_is_searched(client, chief):
    photo = factories.make_photo(credit="")
    article = factories.make_article(status="draft")
    factories.make_caption(article=article, photo=photo, words="路上", credit="")
    entries.index_articles([article.pk])
    post(client, made.with_iptc(made.iptc(encoding="gbk", byline="周一鸣")), photo=photo)
    assert SearchEntry.objects.get().text.split("\x02")[3].split("\x01")[:2] == ["路上", "周一鸣摄"]


def test_a_mark_of_generation_is_kept_shown_and_not_taken_back(client, chief):
    response = post(client, made.with_xmp(GENERATED), credit="周一鸣 制图")
    photo = Photo.objects.get()
    mark = "digitalSourceType compositeWithTrainedAlgorithmicMedia"
    assert (photo.generated, photo.generated_mark) == ("composite", mark)
    assert photo.marked_credit(photo.credit) == "周一鸣 制图（部分 AI 生成）"
    assert told(response) == ["已按文件所载填写，请核对：AI 生成。"]
    page = client.get(reverse("admin:articles_photo_change", args=[photo.pk])).content.decode()
    assert mark in page
    refused = post(client, photo=photo, credit="周一鸣 制图")
    assert dict(refused.context["adminform"].form.errors) == {
        "generated": ["文件自身标明这张图片由 AI 生成，不能取消。"]
    }
    assert post(client, photo=photo, generated="generated").status_code == 302
    assert post(client, camera_jpeg(), photo=photo).status_code == 302
    photo.refresh_from_db()
    assert (photo.generated, photo.generated_mark) == ("", "")


def test_a_picture_that_is_there_already_is_stored_and_told(client, chief):
    data = saved(two_coloured(), "JPEG")
    assert told(post(client, data, credit="周一鸣 摄")) == []
    photo = Photo.objects.get()
    assert len(photo.sha256) == 64 and photo.perceptual_hash is not None
    link = f'<a href="/admin/articles/photo/{photo.pk}/change/">周一鸣 摄</a>'
    same, near = data, saved(two_coloured(), "JPEG", quality=40)
    assert told(post(client, same)) == [f"图片库里已有相近的图片：{link}（同一文件）。"]
    Photo.objects.exclude(pk=photo.pk).delete()
    assert told(post(client, near)) == [f"图片库里已有相近的图片：{link}。"]


def test_words_can_be_emptied_later(client, chief):
    post(client, made.with_iptc(made.iptc(caption="昨天开渔。")))
    assert post(client, photo=Photo.objects.get()).status_code == 302
    assert Photo.objects.get().words == ""
