"""Pictures of the article form: files that come with it, and their places in the text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.content.figures import figure_html
from articles.models import Article, Caption, Photo, Status
from articles.tests import factories
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    open_form,
    signed_in,
)
from articles.tests.picture_cases import SVG

pytestmark = pytest.mark.django_db
REFUSED = "这不是 JPEG、PNG 或 WebP 图片（以文件内容为准，与扩展名无关）。"


@pytest.fixture
def desk(db):
    return signed_in()


def picture(name="DSC_0001.jpg", data=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or factories.image_bytes(), "image/jpeg")


def test_without_a_script_files_of_the_article_form_become_captions_behind_the_others(desk):
    article = factories.make_article(status=Status.DRAFT)
    first = factories.make_caption(article=article, words="原有的图")
    form = open_form(desk, article) | {"headline": "改过的标题", "photos-credit": "周一鸣 摄"}
    response = desk.post(
        article_url(article), form | {"photos": [picture("甲.jpg"), picture("坏.jpg", SVG)]}
    )
    assert response.status_code == 302
    assert Article.objects.get().headline == "改过的标题"
    added = Photo.objects.latest("pk")
    captions = Caption.objects.values_list("position", "photo", "words")
    assert [*captions] == [(1, first.photo_id, "原有的图"), (2, added.pk, "")]
    assert added.credit == "周一鸣 摄"
    said = [str(each) for each in desk.get(article_url(article)).context["messages"]]
    assert f"坏.jpg：{REFUSED}" in said


def test_files_of_a_form_that_cannot_be_saved_come_back_as_rows(desk):
    form = article_data(headline="新稿", rank="nonsense")
    response = desk.post(ARTICLE_ADD_URL, form | {"photos": [picture()]})
    assert response.status_code == 200
    assert fields(response, "article_form")["captions-0-photo"] == str(Photo.objects.get().pk)
    assert Article.objects.count() == 0


def test_several_files_of_a_new_article_become_a_photo_each(desk):
    form = fields(desk.get(ARTICLE_ADD_URL), "article_form") | article_data(headline="新稿")
    assert "_uid" in form
    files = [picture(f"{size}.jpg", factories.image_bytes(size=(size, 400))) for size in (500, 600)]
    assert desk.post(ARTICLE_ADD_URL, form | {"photos": files}).status_code == 302
    shown = Caption.objects.filter(article__headline="新稿").order_by("position")
    assert [caption.photo.width for caption in shown] == [500, 600]
    assert not Photo.objects.filter(uid=Article.objects.get().uid).exists()


def test_a_place_without_its_picture_is_told_when_the_article_is_saved(desk):
    article = factories.make_article(status=Status.DRAFT)
    photo = factories.make_caption(article=article).photo
    here, elsewhere = figure_html(str(photo.uid)), figure_html(str(factories.make_photo().uid))
    told = "正文里有 1 处图片位置印不出图片：图片不在本稿图说里，或前面已经印过。"
    for body, expected in ((f"<p>一</p>{here}", False), (f"<p>一</p>{here}{elsewhere}", True)):
        desk.post(article_url(article), open_form(desk, article) | {"body": body})
        assert Article.objects.get().body == body
        response = desk.get(article_url(article))
        assert (told in map(str, response.context["messages"])) == expected
