"""The photo chooser of the desk: what it shows, to whom, with how many queries."""

import re
from datetime import date

import pytest
from django.db import connection

from articles.models import Caption, Photo
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.tests.query_cost import Cost

pytestmark = pytest.mark.django_db
CHOICES = "/admin/articles/photo/choices/"
PHOTOS = 100_000


def shown(response) -> list[str]:
    """Return the keys of the photos of a page of the chooser, in order."""
    return re.findall(r'value="(\d+)"', response.content.decode())


def keys(*photos) -> list[str]:
    return [str(photo.pk) for photo in photos]


def test_photos_are_shown_newest_first_with_what_is_known_of_them():
    old = factories.make_photo(
        generated="generated",
        alt="办事窗口",
        credit="周一鸣 摄",
        taken_on=date(2024, 7, 26),
        place="河埠路",
    )
    article = factories.make_article(headline="便民服务点<启用>")
    Photo.objects.update(rights_until=date(2024, 8, 1), only_article=article)
    factories.make_caption(article=article, photo=old)
    new = factories.make_photo()
    response = signed_in().get(CHOICES)
    assert shown(response) == keys(new, old)
    page = " ".join(response.content.decode().split())
    for words in (
        f'src="/photos/{old.uid}/preview.jpg"',
        "周一鸣 摄（AI 生成） 2024年7月26日 河埠路",
        "用于 《便民服务点&lt;启用&gt;》",
        "尚未使用",
        "授权截止 2024年8月1日",
        "仅限这篇稿件 《便民服务点&lt;启用&gt;》",
    ):
        assert words in page


def test_photos_are_searched_and_those_in_use_left_out():
    used, free = factories.make_photo(alt="窗口"), factories.make_photo(alt="窗口")
    factories.make_photo(alt="稻田")
    factories.make_caption(article=factories.make_article(), photo=used)
    desk = signed_in()
    assert shown(desk.get(CHOICES, {"q": "窗口"})) == keys(free, used)
    assert shown(desk.get(CHOICES, {"q": "窗口", "unused": "1"})) == keys(free)
    assert "没有找到图片。" in desk.get(CHOICES, {"q": "雪"}).content.decode()


def test_a_long_list_has_pages():
    photo = factories.make_photo()
    Photo.objects.bulk_create(Photo(file=photo.file.name, width=60, height=40) for _ in range(49))
    desk = signed_in()
    pages = [shown(desk.get(CHOICES, {"page": number})) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [24, 24, 2, 0]
    assert pages[2][-1] == str(photo.pk)
    for page in ("0", "-1", "x", "9" * 30):
        assert desk.get(CHOICES, {"page": page}).status_code == 200


@pytest.mark.parametrize("number", [1, 24])
def test_a_page_takes_four_queries_however_many_photos(django_assert_num_queries, number):
    for _ in range(number):
        factories.make_caption(article=factories.make_article())
    desk = signed_in()
    desk.get(CHOICES)
    with django_assert_num_queries(4):  # the session, the member, photos, their uses
        assert len(shown(desk.get(CHOICES, {"q": "便民"}))) == number


def test_a_thumbnail_is_found_by_the_key_of_its_photo():
    photo = factories.make_photo()
    desk = signed_in()
    response = desk.get(f"/admin/articles/photo/{photo.pk}/thumbnail/")
    assert (response.status_code, response["Location"]) == (302, f"/photos/{photo.uid}/preview.jpg")
    assert desk.get("/admin/articles/photo/999/thumbnail/").status_code == 404


def test_only_those_who_may_view_photos_choose_them():
    photo = factories.make_photo()
    desk = signed_in(factories.make_member(username="stranger", is_staff=True))
    for address in (CHOICES, f"/admin/articles/photo/{photo.pk}/thumbnail/"):
        assert desk.get(address).status_code == 403
    assert signed_in(is_superuser=True).post(CHOICES).status_code == 405


def test_the_list_finds_photos_by_headlines_and_leaves_out_those_in_use():
    used, free = factories.make_photo(), factories.make_photo()
    factories.make_caption(article=factories.make_article(headline="早稻开镰"), photo=used)
    desk = signed_in()
    found = [
        desk.get("/admin/articles/photo/", query) for query in ({"q": "早稻"}, {"unused": "1"})
    ]
    assert [[*each.context["cl"].result_list] for each in found] == [[used], [free]]


@pytest.mark.slow
def test_a_search_of_100_000_photos_reads_each_a_few_times_at_most():
    photo, article = factories.make_photo(), factories.make_article()
    Photo.objects.bulk_create(
        (Photo(file=photo.file.name, alt="便民服务点", width=60, height=40) for _ in range(PHOTOS)),
        batch_size=5_000,
    )
    Caption.objects.bulk_create(
        Caption(article=article, photo_id=photo.pk + number, position=number, words="排队")
        for number in range(20_000)
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE articles_photo")
    desk = signed_in()
    desk.get(CHOICES)
    for query in ({"q": "没有这样的词"}, {"q": "便民", "unused": "1"}, {}):
        with Cost() as cost:
            desk.get(CHOICES, query)
        most = 100 * PHOTOS if connection.vendor == "sqlite" else 3 * PHOTOS
        assert cost.total < most, query
