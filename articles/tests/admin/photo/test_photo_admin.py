"""The library of pictures on the desk."""

import time
from html import escape
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Photo, Status
from articles.photos import renditions
from articles.photos.files import image_processing
from articles.photos.files.image_validation import Reason
from articles.photos.upload_messages import REFUSALS
from articles.tests import factories
from articles.tests.picture_cases import GPS_TEXT, HONEST, HOSTILE, camera_jpeg

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/photo/add/"
LIST = "/admin/articles/photo/"
TYPED = {
    "focus": "0.250x0.750",
    "words": "河埠路便民服务点昨天启用。",
    "alt": "河埠路便民服务点的窗口",
    "generated": "composite",
    "people": "王甲、李乙",
    "keywords": "民生、服务",
    "rights_until": "2029-07-26",
    "credit": "周一鸣 摄",
    "taken_on": "2024-07-26",
    "place": "云溪区河埠路",
    "rights": "本报所有",
}


@pytest.fixture
def chief(client):
    chief = factories.make_member(username="chief", is_staff=True, is_superuser=True)
    client.force_login(chief)
    return chief


def upload(data: bytes, name="照片 IMG_0042.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def change(photo) -> str:
    return reverse("admin:articles_photo_change", args=[photo.pk])


def stored(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def files_of(*photos) -> set[str]:
    made = {
        renditions.rendition_name(one, name)
        for one in photos
        for name in image_processing.RENDITIONS
    }
    return made | {photo.file.name for photo in photos}


@pytest.mark.slow
@pytest.mark.parametrize("name", HONEST)
def test_an_honest_picture_is_taken_with_all_that_was_typed(client, chief, settings, name):
    response = client.post(ADD, {**TYPED, "file": upload(HONEST[name]())})
    assert (response.status_code, response["Location"]) == (302, LIST)
    photo = Photo.objects.get()
    assert {field: str(getattr(photo, field)) for field in TYPED} == TYPED
    assert stored(settings.MEDIA_ROOT) == files_of(photo)
    served = client.get(f"/photos/{photo.uid}/wide.jpg")
    assert served.content.startswith(b"\xff\xd8") and GPS_TEXT not in served.content


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_its_message_at_the_field_and_nothing_is_lost(
    client, chief, settings, name
):
    make_file, reason = HOSTILE[name]
    begun = time.process_time()
    response = client.post(ADD, {**TYPED, "file": upload(make_file())})
    assert time.process_time() - begun < 10
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    expected = "所提交的是空文件。" if name == "nothing" else gettext(REFUSALS[reason])
    assert dict(errors) == {"file": [expected]}
    page = response.content.decode()
    assert escape(expected) in page
    forms = {"words": "\n{}</textarea>", "generated": 'value="{}" selected'}
    for field, value in TYPED.items():
        assert forms.get(field, 'value="{}"').format(value) in page
    assert Photo.objects.count() == 0
    assert not settings.MEDIA_ROOT.exists()


def test_every_refusal_has_its_words():
    assert set(REFUSALS) == set(Reason)


def test_nothing_of_the_senders_name_is_kept(client, chief, settings):
    client.post(ADD, {**TYPED, "file": upload(HONEST["a WebP"](), name="../secret.php")})
    photo = Photo.objects.get()
    assert photo.file.name.endswith(".webp")
    assert not any("secret" in name or "php" in name for name in stored(settings.MEDIA_ROOT))


def test_a_replaced_picture_leaves_nothing_behind(
    client, chief, settings, django_capture_on_commit_callbacks
):
    photo = factories.make_photo()
    before = stored(settings.MEDIA_ROOT)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(change(photo), {**TYPED, "file": upload(camera_jpeg())})
    assert response.status_code == 302
    fresh = Photo.objects.get()
    assert (fresh.uid, fresh.width, fresh.height) == (photo.uid, 60, 90)
    assert stored(settings.MEDIA_ROOT) == files_of(fresh)
    assert not before & files_of(fresh)


def test_words_can_be_changed_without_choosing_the_picture_again(
    client, chief, settings, django_capture_on_commit_callbacks
):
    photo = factories.make_photo(size=(900, 900))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(change(photo), TYPED).status_code == 302
    fresh = Photo.objects.get()
    assert (fresh.file.name, fresh.alt, fresh.focus) == (
        photo.file.name,
        TYPED["alt"],
        TYPED["focus"],
    )
    assert stored(settings.MEDIA_ROOT) == files_of(fresh)


@pytest.mark.parametrize(
    "focus", ["", "middle", "nanxnan", "infx0.5", "2x0.5", "-1x0", "0.5x0.5x1"]
)
def test_a_focal_point_outside_the_picture_is_refused(client, chief, focus):
    response = client.post(ADD, {**TYPED, "file": upload(camera_jpeg()), "focus": focus})
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["focus"]


def test_a_disk_that_is_full_leaves_no_row_and_no_file(client, chief, settings):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "__processed__").write_text("in the way")
    with pytest.raises(OSError):
        client.post(ADD, {**TYPED, "file": upload(camera_jpeg())})
    assert stored(settings.MEDIA_ROOT) == {"__processed__"}


def test_a_photo_in_use_is_not_deleted_and_the_page_says_why(client, chief, settings):
    article = factories.make_article(page=factories.make_page(), headline="便民服务点启用")
    caption = factories.make_caption(article=article, words="新启用的服务点。")
    address = reverse("admin:articles_photo_delete", args=[caption.photo.pk])
    for response in (client.get(address), client.post(address, {"post": "yes"})):
        assert response.status_code in (200, 403)
        assert Photo.objects.filter(pk=caption.photo.pk).exists()
    link = f'<a href="/admin/articles/article/{article.pk}/change/">便民服务点启用</a>'
    assert link in client.get(address).content.decode()
    assert stored(settings.MEDIA_ROOT) == files_of(caption.photo)


def test_an_unused_photo_is_deleted_with_its_files(
    client, chief, settings, django_capture_on_commit_callbacks
):
    photo, other = factories.make_photo(), factories.make_photo()
    address = reverse("admin:articles_photo_delete", args=[photo.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"post": "yes"}).status_code == 302
    assert list(Photo.objects.all()) == [other]
    assert stored(settings.MEDIA_ROOT) == files_of(other)


@pytest.mark.parametrize("number", [1, 24])
def test_the_list_asks_the_same_questions_for_one_photo_and_for_many(
    client, chief, django_assert_num_queries, number
):
    article = factories.make_article(page=factories.make_page())
    for count in range(number):
        factories.make_caption(
            article=article,
            photo=factories.make_photo(contributor=factories.make_contributor(name=f"作者{count}")),
        )
    client.get(LIST)
    with django_assert_num_queries(6):
        page = client.get(LIST).content.decode()
    assert page.count("/preview.jpg") == number


def test_a_photo_is_found_by_what_is_known_of_it(client, chief):
    wanted = factories.make_photo(
        alt="窗口",
        credit="周一鸣 摄",
        place="河埠路",
        contributor=factories.make_contributor(name="周一鸣"),
    )
    other = factories.make_photo(alt="稻田", credit="", place="")
    for words in ("窗口", "周一鸣", "河埠路"):
        page = client.get(LIST, {"q": words}).content.decode()
        assert str(wanted.uid) in page and str(other.uid) not in page


def test_the_form_shows_the_picture_and_where_it_is_used(client, chief):
    article = factories.make_article(
        status=Status.DRAFT, headline="便民服务点启用", page=factories.make_page()
    )
    photo = factories.make_caption(article=article).photo
    page = client.get(change(photo)).content.decode()
    assert f'<img class="imagefield-preview-image" src="/photos/{photo.uid}/small.jpg"' in page
    link = f'<a href="/admin/articles/article/{article.pk}/change/">便民服务点启用</a>'
    assert f"{link} {article.page}" in page
    assert photo.file.name not in page


def test_only_those_who_may_change_photos_change_them(client, chief):
    photo = factories.make_photo()
    client.force_login(factories.make_member(username="stranger", is_staff=True))
    for address in (LIST, ADD, change(photo)):
        assert client.get(address).status_code == 403
        assert client.post(address, TYPED).status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302


def test_those_who_may_only_view_photos_see_the_picture_and_not_its_place(client):
    viewer = factories.make_member(username="viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.force_login(viewer)
    photo = factories.make_photo()
    page = client.get(change(photo)).content.decode()
    assert f'src="/photos/{photo.uid}/small.jpg"' in page
    assert photo.file.name not in page and 'type="file"' not in page
    assert client.post(change(photo), TYPED).status_code == 403
