"""The photo tray: many photos at once, each stored once, with what was typed."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.content import characters
from articles.models import Photo
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.tests.picture_cases import SVG
from articles.tests.query_cost import LEDGER
from articles.workflow.preflight import is_readable

pytestmark = pytest.mark.django_db
TRAY, UPLOAD, FACTS = (f"/admin/articles/photo/{name}/" for name in ("tray", "upload", "facts"))
LIST = "/admin/articles/photo/"
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="甲镇"
 photoshop:DateCreated="2024-07-26" photoshop:Credit="本报通讯员" /></r:RDF></x:xmpmeta>"""
TYPED = {
    "words": "居民在排队。\n第二行",
    "alt": "办事窗口",
    "credit": "周一鸣 摄",
    "taken_on": "2024-07-26",
    "place": "河埠路",
}
REFUSED = "这不是 JPEG、PNG 或 WebP 图片（以文件内容为准，与扩展名无关）。"


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.fixture
def photo(db) -> Photo:
    return factories.make_photo()


def picture(name="DSC_0001.jpg", data=None, colour="grey") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or factories.image_bytes(colour=colour), "image/jpeg")


def checks(quality=90) -> bytes:
    """Return a picture with something to see in it."""
    buffer = BytesIO()
    Image.radial_gradient("L").rotate(30).convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def send(desk, file=None, **typed):
    """Send one file as the script does."""
    form = {"uid": uuid4(), "anyway": "on", "file": file or picture()} | typed
    return desk.post(UPLOAD, form)


def facts_of(photo: Photo) -> dict:
    """Return what is stored of a photo, as it is typed."""
    fresh = Photo.objects.get(pk=photo.pk)
    return {name: str(getattr(fresh, name) or "") for name in TYPED}


def test_a_row_has_its_pictures_from_the_first_moment(desk):
    """The server may be stopped at any moment."""
    found = []

    def look(instance, **_facts):
        found.append(is_readable(instance))

    pre_save.connect(look, sender=Photo)
    try:
        send(desk)
    finally:
        pre_save.disconnect(look, sender=Photo)
    assert found == [True]


def test_a_photo_is_stored_with_what_was_typed_and_the_answer_shows_it(desk):
    uid = uuid4()
    response = send(desk, uid=uid, **TYPED)
    photo = Photo.objects.get()
    assert (photo.uid, photo.width, photo.height, facts_of(photo)) == (uid, 60, 40, TYPED)
    assert response.json() == {
        "photo": {
            "key": photo.pk,
            "label": "办事窗口",
            "thumbnail": f"/photos/{uid}/preview.jpg",
            "address": f"/admin/articles/photo/{photo.pk}/change/",
            "generated": "",
            "facts": TYPED,
        }
    }
    assert desk.get(f"/photos/{uid}/preview.jpg").status_code == 200


def test_a_file_that_is_sent_again_is_stored_once(desk):
    uid = uuid4()
    first, again = (send(desk, uid=uid).json() for _ in range(2))
    assert first == again
    assert Photo.objects.count() == 1


def test_photos_that_are_like_a_file_are_shown_before_it_is_stored(desk):
    data = checks()
    stored = send(desk, picture(data=data), alt="办事窗口").json()["photo"]
    response = send(desk, picture(data=data), anyway="")
    assert (response.status_code, response.json()) == (
        409,
        {"similar": [stored | {"isSame": True}]},
    )
    response = send(desk, picture(data=checks(quality=60)), anyway="")
    assert [each["isSame"] for each in response.json()["similar"]] == [False]
    assert Photo.objects.count() == 1
    assert send(desk, picture(data=data), anyway="on").status_code == 200
    assert Photo.objects.count() == 2


def test_what_a_file_says_of_itself_is_proposed_where_nothing_was_typed(desk):
    data = factories.image_bytes(xmp=XMP.encode())
    facts = [
        send(desk, picture(data=data), **typed).json()["photo"]["facts"] for typed in ({}, TYPED)
    ]
    assert facts == [
        dict.fromkeys(TYPED, "")
        | {"credit": "本报通讯员", "taken_on": "2024-07-26", "place": "甲镇"},
        TYPED,
    ]


def test_a_file_that_is_sent_twice_at_once_is_stored_once(together, settings):
    uid = uuid4()
    desk = signed_in()
    answers = together([lambda: send(desk, uid=uid).json() for _ in range(2)])
    photo = Photo.objects.get()
    assert [answer["photo"]["key"] for answer in answers] == [photo.pk] * 2
    stored = [path.name for path in (settings.MEDIA_ROOT / "photos").rglob("*.*")]
    assert stored == [photo.file.name.rpartition("/")[2]]


def test_a_refused_file_gets_its_reason_and_stores_nothing(desk, settings):
    response = send(desk, picture(data=SVG))
    assert (response.status_code, response.json()) == (422, {"errors": [REFUSED]})
    assert Photo.objects.count() == 0
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"uid": "x"},
        {"taken_on": "昨天"},
        {"credit": "摄" * 121},
        {"file": SimpleUploadedFile("空.jpg", b"")},
    ],
    ids=["uid", "day", "credit", "no file"],
)
def test_nonsense_is_answered_and_stores_nothing(desk, typed):
    response = send(desk, **typed)
    assert response.status_code == 422 and len(response.json()["errors"]) == 1
    assert Photo.objects.count() == 0


def test_only_those_who_may_add_photos_upload(roles):
    proof = signed_in(roles("校对"))
    assert send(proof).status_code == 403
    assert proof.get(TRAY).status_code == 403
    assert proof.post(TRAY, {"photos": [picture()]}).status_code == 403
    assert proof.post(FACTS).status_code == 403
    assert "data-photo-tray" not in proof.get(LIST).content.decode()
    assert Photo.objects.count() == 0
    assert send(signed_in(roles("记者"))).status_code == 200


@pytest.mark.parametrize("number", [1, 100])
def test_what_was_typed_about_many_photos_costs_the_same_queries(
    desk, django_assert_num_queries, number
):
    file = factories.make_photo().file.name
    photos = Photo.objects.bulk_create(Photo(file=file, width=60, height=40) for _ in range(number))
    form = {"photo": [photo.pk for photo in photos]}
    for photo in photos:
        form |= {f"{photo.pk}-{name}": value for name, value in TYPED.items()}
    desk.get(TRAY)
    # Session, member, photos, update, issues, search, savepoints.
    with django_assert_num_queries(8 + LEDGER):
        assert desk.post(FACTS, form).json() == {"errors": {}}
    assert [facts_of(photo) for photo in photos] == [TYPED] * number


def test_a_field_that_is_not_sent_is_left_alone_and_each_error_is_told_of_its_photo(desk):
    good, bad = factories.make_photo(place="甲镇"), factories.make_photo(place="乙镇")
    settled = factories.make_photo(credit="周一鸣 摄")
    factories.make_caption(article=factories.make_article(), photo=settled)
    form = {"photo": [good.pk, bad.pk, settled.pk, "x"], f"{good.pk}-credit": "林晓禾 摄"}
    form |= {f"{bad.pk}-taken_on": "昨天", f"{settled.pk}-credit": "别人 摄"}
    errors = desk.post(FACTS, form).json()["errors"]
    why = "已有送审稿件用了这张图片，署名等内容不能再改。"
    assert errors == {str(bad.pk): "输入一个有效的日期。", str(settled.pk): why, "x": why}
    assert facts_of(good) | {"credit": "林晓禾 摄", "place": "甲镇"} == facts_of(good)
    assert [facts_of(each)["credit"] for each in (bad, settled)] == ["周一鸣 摄", "周一鸣 摄"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_any_words_are_stored_cleaned_or_refused_with_nothing_stored(desk, photo, words):
    Photo.objects.update(credit="周一鸣 摄")
    form = {"photo": photo.pk, f"{photo.pk}-words": words, f"{photo.pk}-credit": words}
    errors = desk.post(FACTS, form).json()["errors"]
    clean = characters.clean_line(words)
    stored = facts_of(photo)
    assert (len(clean) > 120) == bool(errors)
    assert stored["credit"] == ("周一鸣 摄" if errors else clean)
    if not errors:
        assert stored["words"] == characters.clean_lines(words.strip())


def test_without_a_script_a_page_takes_several_files_and_then_asks_about_each(desk):
    files = [picture("甲.jpg", colour="red"), picture("坏.jpg", SVG), picture("乙.jpg")]
    common = {"photos-credit": "周一鸣 摄", "photos-taken_on": "2024-07-26", "photos-place": ""}
    response = desk.post(TRAY, {"photos": files} | common, follow=True)
    one, other = Photo.objects.order_by("pk")
    expected = {
        "words": "",
        "alt": "",
        "credit": "周一鸣 摄",
        "taken_on": "2024-07-26",
        "place": "",
    }
    assert [facts_of(one), facts_of(other)] == [expected, expected]
    said = [str(message) for message in response.context["messages"]]
    assert said == [f"坏.jpg：{REFUSED}", "已存入 2 张图片。"]
    form = {"photo": [one.pk, other.pk], "_facts": "1"}
    for photo in (one, other):
        form |= {f"{photo.pk}-{name}": value for name, value in TYPED.items()}
    response = desk.post(TRAY, form | {f"{other.pk}-taken_on": "昨天"})
    assert "输入一个有效的日期。" in response.content.decode()
    assert desk.post(TRAY, form)["Location"] == LIST
    assert [facts_of(one), facts_of(other)] == [TYPED, TYPED]


def test_without_a_script_it_is_told_that_a_photo_in_print_stays_as_it_is(desk):
    photo = factories.make_photo(credit="周一鸣 摄")
    factories.make_caption(article=factories.make_article(), photo=photo)
    form = {"photo": photo.pk, "_facts": "1", f"{photo.pk}-credit": "别人 摄"}
    said = [str(each) for each in desk.post(TRAY, form).context["messages"]]
    assert said == ["已有送审稿件用了这张图片，署名等内容不能再改。"]
    assert facts_of(photo)["credit"] == "周一鸣 摄"


def test_without_a_script_a_file_that_is_there_is_not_stored_again(desk):
    same = SimpleUploadedFile("甲.jpg", checks(), "image/jpeg")
    for _ in range(2):
        same.seek(0)
        response = desk.post(TRAY, {"photos": [same]})
    assert response["Location"] == f"{TRAY}?photo={Photo.objects.get().pk}"


def test_without_a_script_a_photo_that_looks_like_another_is_stored_and_told_of(desk):
    send(desk, picture(data=checks()), alt="老桥")
    response = desk.post(TRAY, {"photos": [picture("甲.jpg", checks(quality=60))]}, follow=True)
    assert Photo.objects.count() == 2
    said = [str(message) for message in response.context["messages"]]
    assert said == ["甲.jpg：图库里有很像的图片：老桥", "已存入 1 张图片。"]


def test_more_files_than_fit_and_none_are_told(desk):
    response = desk.post(TRAY, {"photos": [picture(data=b"x") for _ in range(101)]})
    assert "一次最多 100 个文件。" in response.content.decode()
    assert Photo.objects.count() == 0
    assert desk.post(TRAY, {}).status_code == 200
