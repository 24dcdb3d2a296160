"""The article form and list of the desk, through the server, as an editor uses them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.forms import ArticleForm
from articles.models import Article, Genre, Member, Status

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db) -> Member:
    return make.make_chief(username="chief", name="总编", is_superuser=True)


@pytest.fixture
def desk(chief) -> Client:
    client = Client()
    client.force_login(chief)
    return client


ADD = "/admin/articles/article/add/"


def typed(*, bylines=(), captions=(), stored=0, **fields) -> dict:
    """Return what the article form posts; a row is a dict, `stored` of the bylines have an id."""
    form = {"genre": "news", "page": "", "column": "", "rank": "", "kicker": "", "headline": "",
            "deck": "", "dateline": "", "body": "", "source": "", "tags": "",
            "_continue": "1"} | fields  # fmt: skip
    for prefix, rows in (("bylines", bylines), ("captions", captions)):
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            form |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    form["bylines-INITIAL_FORMS"] = stored
    return form


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def signed(article) -> list[tuple]:
    return list(article.bylines.values_list("position", "role", "name"))


def rows_of(article) -> list[dict]:
    """Return the stored bylines as the form posts them."""
    return [
        {"id": row.pk, "article": article.pk, "order": row.position, "role": row.role,
         "name": row.name, "contributor": row.contributor_id or ""}
        for row in article.bylines.all()
    ]  # fmt: skip


def test_an_article_is_stored_as_typed(desk):
    page, column = make.make_page(), make.make_column()
    photo = make.make_photo()
    response = desk.post(
        ADD,
        typed(
            page=page.pk,
            column=column.pk,
            rank=2,
            genre="feature",
            kicker="——两办 印发",
            headline="　河埠路 便民服务点\x00启用 ",
            deck="八个窗口(半角)",
            dateline="本报讯",
            body='<p class="MsoNormal">　　昨天<b>上午</b>，启用。</p><p>&nbsp;</p>',
            source="云溪融媒",
            tags="民生、便民 服务；民生",
            bylines=[{"order": 2, "role": "记者", "name": "林晓禾"},
                     {"order": 1, "role": "实习生", "name": "周一鸣"}],
            captions=[{"order": 1, "photo": photo.pk, "words": "　新窗口。\r\n\r\n第二行"}],
        ),
    )  # fmt: skip
    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.page, article.position, article.column, article.rank) == (page, 1, column, 2)
    assert (article.kicker, article.headline) == ("——两办 印发", "河埠路 便民服务点启用")
    assert (article.deck, article.dateline) == ("八个窗口(半角)", "本报讯")
    assert article.body == "<p>昨天<strong>上午</strong>，启用。</p>"
    assert (article.genre, article.source) == (Genre.FEATURE, "云溪融媒")
    assert sorted(article.tags.names()) == ["便民 服务", "民生"]
    assert signed(article) == [(1, "实习生", "周一鸣"), (2, "记者", "林晓禾")]
    assert list(article.captions.values_list("words", flat=True)) == ["新窗口。\n第二行"]
    assert article.status == Status.DRAFT


def test_the_status_cannot_be_typed(desk):
    desk.post(ADD, typed(headline="未签发", status="signed"))
    assert Article.objects.get().status == Status.DRAFT


def test_forty_bylines_are_stored_in_the_order_shown_and_reversed(desk):
    article = make.make_article()
    rows = [{"order": n, "role": "记者", "name": f"作者{n:02}"} for n in range(1, 41)]
    desk.post(address(article), typed(headline="四十人", bylines=rows))
    assert [name for _, _, name in signed(article)] == [f"作者{n:02}" for n in range(1, 41)]
    back = [row | {"order": 41 - row["order"]} for row in rows_of(article)]
    form = typed(headline="四十人", bylines=back, stored=40, _version=2)
    response = desk.post(address(article), form)
    assert response.status_code == 302
    assert signed(article) == [(n, "记者", f"作者{41 - n:02}") for n in range(1, 41)]


def test_bylines_are_deleted_added_and_moved_at_once(desk):
    article = make.make_article()
    for name in "甲乙丙":
        make.make_byline(article=article, name=name)
    one, two, three = rows_of(article)
    rows = [one | {"order": 3}, two | {"DELETE": "on"}, three | {"order": 2}]
    rows.append({"order": 1, "role": "通讯员", "name": "丁"})
    desk.post(address(article), typed(headline="三人", bylines=rows, stored=3))
    assert signed(article) == [(1, "通讯员", "丁"), (2, "记者", "丙"), (3, "记者", "甲")]


def test_a_new_article_comes_last_on_its_page_and_may_leave_it(desk):
    page = make.make_page()
    first = make.make_article(page=page, status=Status.DRAFT)
    page.issue.released_at = None
    page.issue.save()
    desk.post(ADD, typed(headline="第二篇", page=page.pk))
    second = Article.objects.get(headline="第二篇")
    assert (second.page, second.position) == (page, 2)
    desk.post(address(first), typed(headline="第一篇"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.page, first.position, second.position) == (None, None, 1)


def test_an_unchanged_save_keeps_place_status_and_words(desk):
    article = make.make_article(page=make.make_page(), genre="news")
    before = Article.objects.values().get()
    desk.post(address(article), typed(headline=article.headline, body=article.body,
                                      page=article.page_id))  # fmt: skip
    after = Article.objects.values().get()
    assert after.pop("changed_at") > before.pop("changed_at")
    assert after == before | {"version": 1}  # The words nobody had kept before are kept first.


def test_changed_words_void_the_sign_off(desk):
    issue = make.make_issue(released_at=None)
    article = make.make_article(page=make.make_page(issue=issue))
    desk.post(address(article), typed(headline="改过", body=article.body, page=article.page_id))
    article.refresh_from_db()
    assert (article.headline, article.status) == ("改过", Status.FIRST_REVIEW)


def test_a_changed_byline_voids_the_sign_off(desk):
    article = make.make_article(page=make.make_page(issue=make.make_issue(released_at=None)))
    rows = [{"order": 1, "role": "记者", "name": "林晓禾"}]
    desk.post(address(article), typed(headline=article.headline, body=article.body,
                                      page=article.page_id, bylines=rows))  # fmt: skip
    article.refresh_from_db()
    assert article.status == Status.FIRST_REVIEW


def test_every_error_stands_at_its_field_and_everything_typed_is_still_there(desk):
    response = desk.post(
        ADD,
        typed(
            headline="题" * 201,
            kicker="引题还在",
            body="<p>正文&lt;还在&gt;</p>",
            tags="民生、" + "长" * 101,
            page="99999",
            bylines=[{"order": 1, "role": "记者", "name": ""},
                     {"order": 2, "role": "通讯员", "name": "周一鸣"}],
            captions=[{"order": 1, "photo": "", "words": "图说还在", "credit": "某人 摄"}],
        ),
    )  # fmt: skip
    html = response.content.decode()
    form = response.context["adminform"].form
    bylines, captions = (each.formset for each in response.context["inline_admin_formsets"])
    assert response.status_code == 200
    assert sorted(form.errors) == ["headline", "page", "tags"]
    assert bylines.errors[0].keys() == {"name"}
    assert captions.errors[0].keys() == {"photo"}
    for kept in ("题" * 201, "引题还在", "&lt;p&gt;正文&amp;lt;还在&amp;gt;&lt;/p&gt;", "长" * 101,
                 "周一鸣", "图说还在", "某人 摄"):  # fmt: skip
        assert kept in html
    assert not Article.objects.exists()


def test_a_refused_placement_is_told_at_the_page_with_everything_typed(db):
    member = make.make_member(username="reporter", is_staff=True)
    member.user_permissions.add(*_rights("add_article", "change_article", "view_article"))
    client = Client()
    client.force_login(member)
    page = make.make_page()
    response = client.post(ADD, typed(headline="想上版", page=page.pk))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["page"]
    assert "想上版" in response.content.decode()
    assert not Article.objects.exists()


def _rights(*names):
    return Permission.objects.filter(codename__in=names)


def test_a_lone_surrogate_is_told_at_its_field():
    form = ArticleForm(typed(headline="坏\ud800字", body="<p>\udfff</p>", tags="\ud800"))
    assert sorted(form.errors) == ["body", "headline", "tags"]


def test_a_million_characters_are_stored(desk):
    text = "云溪区的一天。" * 142_858
    response = desk.post(ADD, typed(headline="长文", body=f"<p>{text}</p>"))
    assert response.status_code == 302
    assert Article.objects.get().body == f"<p>{text}</p>"


@pytest.mark.parametrize("number", [1, 25])
def test_the_form_takes_the_same_queries_for_any_number_of_rows(
    desk, django_assert_num_queries, number
):
    article = make.make_article(page=make.make_page())
    photo = make.make_photo()
    for n in range(number):
        contributor = make.make_contributor(name=f"作者{n}")
        make.make_byline(article=article, contributor=contributor)
        make.make_caption(article=article, photo=photo)
    with django_assert_num_queries(21):
        desk.get(address(article))


@pytest.mark.parametrize("number", [1, 25])
def test_saving_takes_the_same_queries_for_any_number_of_rows(
    desk, django_assert_num_queries, number
):
    article = make.make_article(status=Status.DRAFT)
    photo = make.make_photo()
    bylines = [
        {
            "role": "记者",
            "name": f"作者{n}",
            "contributor": make.make_contributor(name=f"作者{n}").pk,
        }
        for n in range(number)
    ]
    captions = [{"photo": photo.pk, "words": f"图说{n}"} for n in range(number)]
    form = typed(headline="新题", bylines=bylines, captions=captions)
    with django_assert_num_queries(54):
        desk.post(address(article), form)
    assert (article.bylines.count(), article.captions.count()) == (number, number)


def test_the_form_loads_nothing_from_another_host_and_has_no_inline_code(desk):
    html = desk.get(address(make.make_article())).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert "文字工具" in html


def test_the_reader_s_page_is_offered_where_readers_see_it(desk):
    public, draft = make.make_article(page=make.make_page()), make.make_article()
    assert "在站点上查看" in desk.get(address(public)).content.decode()
    assert "在站点上查看" not in desk.get(address(draft)).content.decode()


def test_a_signed_article_of_a_released_issue_is_read_only_for_who_may_not_sign(db):
    member = make.make_member(username="reporter", is_staff=True)
    member.user_permissions.add(*_rights("change_article", "view_article"))
    client = Client()
    client.force_login(member)
    article = make.make_article(page=make.make_page())
    shown = client.get(address(article))
    assert shown.context["has_change_permission"] is False
    assert article.body in shown.content.decode()
    response = client.post(address(article), typed(headline="改", page=article.page_id))
    article.refresh_from_db()
    assert (response.status_code, article.headline == "改") == (403, False)
