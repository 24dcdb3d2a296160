"""Names and pictures in words that have been read hold still."""

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles.models import Column, Photo, Status
from articles.tests.factories import make_article, make_caption, make_chief, make_column, make_photo
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.django_db
STATUSES = [(Status.DRAFT, "新名"), (Status.FIRST_REVIEW, "旧名"), (Status.SIGNED, "旧名")]


@pytest.fixture
def desk():
    return signed_in()


@pytest.mark.parametrize(("status", "left"), STATUSES)
def test_a_column_keeps_its_name_once_words_under_it_are_read(desk, status, left):
    column = make_column(name="旧名")
    make_article(status=status, column=column)
    desk.post(reverse("admin:articles_column_change", args=[column.pk]), {"name": "新名"})
    assert Column.objects.get().name == left


@pytest.mark.parametrize(("status", "left"), STATUSES)
def test_a_tag_keeps_its_name_once_words_that_carry_it_are_read(desk, status, left):
    make_article(status=status).tags.add("旧名")
    tag = Tag.objects.get()
    desk.post(reverse("admin:taggit_tag_change", args=[tag.pk]), {"name": "新名"})
    assert Tag.objects.get().name == left


@pytest.mark.parametrize(("status", "left"), STATUSES)
def test_a_tag_is_not_deleted_once_words_that_carry_it_are_read(desk, status, left):
    make_article(status=status).tags.add("旧名")
    address = reverse("admin:taggit_tag_delete", args=[Tag.objects.get().pk])
    desk.post(address, {"post": "yes"})
    assert Tag.objects.exists() == (left == "旧名")


@pytest.mark.parametrize(("status", "left"), STATUSES)
def test_a_photo_keeps_its_credit_and_file_once_words_with_it_are_read(status, left):
    desk = signed_in(make_chief())
    photo = make_photo(credit="旧名")
    make_caption(article=make_article(status=status), photo=photo)
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    typed = {"credit": "新名", "alt": "街景", "reason": "补写", "focus": "0.5x0.5"}
    desk.post(address, typed)
    stored = Photo.objects.get()
    assert (stored.credit, stored.alt, stored.file.name) == (left, "街景", photo.file.name)


def test_the_form_says_why_a_name_holds_still(desk):
    column = make_column(name="旧名")
    make_article(column=column)
    page = desk.get(reverse("admin:articles_column_change", args=[column.pk])).content.decode()
    assert "请在稿件里另选" in page
