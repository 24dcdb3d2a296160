"""The list of articles on the desk: finding, filtering, deleting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from articles import revisions
from articles.models import Article, Byline, Revision, Status
from articles.search import entries
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.mark.parametrize("number", [1, 25])
def test_the_list_takes_the_same_queries_for_any_length(desk, django_assert_num_queries, number):
    page = factories.make_page()
    for _ in range(number):
        factories.make_article(page=page, headline="", column=factories.make_column(name=str(_)))
        article = factories.make_article(status=Status.DRAFT, headline="")
        factories.make_byline(article=article)
        revisions.record(article, by=factories.make_member(username=f"m{_}"))
    with django_assert_num_queries(15):
        response = desk.get("/admin/articles/article/")
    assert len(response.context["cl"].result_list) == 2 * number


def headlines(desk, **query) -> str:
    """Return the headlines of a list, in its order."""
    shown = desk.get("/admin/articles/article/", query).context["cl"].result_list
    return "".join(article.headline for article in shown)


def cells(desk, name, **query) -> list[str]:
    """Return the words of a column, without repeated blanks."""
    page = Parsed(desk.get("/admin/articles/article/", query))
    found = [each for each in page.root.iter() if each.get("class") == f"field-{name}"]
    return [" ".join("".join(each.itertext()).split()) for each in found]


def test_the_newest_paper_comes_first_and_what_is_on_no_page_by_its_last_change(desk):
    old, new = (
        factories.make_page(issue=factories.make_issue(issued_on=date(2024, 7, day)), label="A1")
        for day in (26, 28)
    )
    later = factories.make_page(issue=new.issue, label="A2")
    for page, headline in ((later, "丙"), (old, "丁"), (new, "甲"), (new, "乙")):
        factories.make_article(page=page, headline=headline)
    for headline, day in (("戊", 27), ("己", 29), ("庚", 27)):
        article = factories.make_article(headline=headline)
        at = datetime(2024, 7, day, 12, tzinfo=UTC)
        Article.objects.filter(pk=article.pk).update(changed_at=at)
    assert headlines(desk) == "己甲乙丙庚戊丁"


def test_a_row_names_the_authors_the_length_and_the_last_hand(desk):
    article = factories.make_article(paragraphs=["昨天上午，启用。"])
    for role, name in (("记者", "徐梦超"), ("通讯员", "陈晚"), ("摄", "徐梦超")):
        factories.make_byline(article=article, role=role, name=name)
    for name, headline in (("周一", "旧"), ("周二", "新")):
        article.headline = headline
        article.save()
        revisions.record(article, by=factories.make_member(username=name))
    made_at = datetime(2024, 7, 26, 14, 5, tzinfo=UTC)
    QuerySet(Revision).update(made_at=made_at)
    found = [cells(desk, name) for name in ("authors", "size", "last_hand")]
    assert found == [["徐梦超、陈晚"], ["8"], ["周二 2024年7月26日 22:05"]]


def test_a_search_shows_what_it_found_in_the_text(desk):
    words = "服务点设有八个窗口，可以办理六十项业务，区里计划年内再建三个，明年再建十个。"
    factories.make_article(headline="河埠路", paragraphs=["昨天上午启用。", words])
    entries.index_articles(Article.objects.all())
    assert cells(desk, "titled", q="六十项") == [
        "河埠路 服务点设有八个窗口，可以办理六十项业务，区里计划年内再建三个，明年再建十个。"
    ]
    assert cells(desk, "titled", q="河埠路") == ["河埠路"]


def test_the_list_shows_the_articles_of_one_person(desk):
    me = factories.make_member(username="chen", name="陈晚", is_staff=True, is_superuser=True)
    for headline, name in (("甲", "陈晚"), ("乙", "徐帆"), ("丙", "晚霞")):
        factories.make_byline(article=factories.make_article(headline=headline), name=name)
    pen_name = factories.make_contributor(name="徐帆")
    Byline.objects.filter(name="晚霞").update(contributor=pen_name)
    revisions.record(factories.make_article(headline="丁", status=Status.DRAFT), by=me)
    desk = signed_in(me)
    assert [headlines(desk, author=each) for each in ("me", "徐帆", " 徐帆\0", "无人", "")] == [
        "丁甲",
        "丙乙",
        "丙乙",
        "",
        "丁丙乙甲",
    ]


def test_a_name_is_typed_beside_the_other_filters(desk):
    factories.make_byline(article=factories.make_article())
    response = desk.get("/admin/articles/article/", {"q": "路", "genre__exact": "news", "p": "1"})
    forms = [each for each in Parsed(response).all(".//form") if each.get("class") == "author"]
    sent = [{each.get("name"): each.get("value") for each in form.iter("input")} for form in forms]
    kept = {"q": "路", "genre__exact": "news"}
    assert sent == [kept | {"author": ""}, kept | {"day": ""}]


def change(headline, by, at=None):
    """Record a change of the words of an article, now or at an instant."""
    article = Article.objects.filter(headline=headline).first()
    article = article or factories.make_article(headline=headline)
    article.body = f"<p>第{article.version + 1}稿</p>"
    article.save()
    revision = revisions.record(article, by=by)
    if at:
        QuerySet.update(Revision.objects.filter(pk=revision.pk), made_at=at)


def test_the_list_shows_what_a_person_changed_on_a_day(monkeypatch):
    lin, zhou = (
        factories.make_member(username=username, name=name, is_staff=True, is_superuser=True)
        for username, name in (("lin", "林晓禾"), ("zhou", "周一鸣"))
    )
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    change("甲", lin)
    change("甲", zhou, midnight - timedelta(seconds=1))
    change("乙", zhou, midnight)
    change("丙", lin, midnight - timedelta(hours=24))
    change("丁", None)
    yesterday = (midnight - timedelta(hours=1)).date().isoformat()
    desk = signed_in(lin)
    expected = {
        ("me", "today"): {"甲"},
        ("me", ""): {"甲", "丙"},
        ("周一鸣", "today"): {"乙"},
        ("zhou", yesterday): {"甲"},
        ("", "today"): {"甲", "乙"},
        ("", yesterday): {"甲", "丙"},
        ("林晓禾", "x"): {"甲", "丙"},
        ("\0", "2024-02-31"): {"甲", "乙", "丙", "丁"},
        ("没有的人", ""): set(),
    }
    found = {
        (who, day): set(headlines(desk, changed_by=who, changed_on=day)) for who, day in expected
    }
    assert found == expected


def test_the_change_filter_keeps_the_other_filters(desk):
    page = Parsed(desk.get(LIST, {"genre__exact": "news", "changed_on": "today"}))
    (form,) = [each for each in page.all(".//form") if each.get("class") == "author changes"]
    assert names(form) == ["genre__exact", "changed_by", "changed_on"]
    assert page.texts(".//li[@class='selected']/a")[3] == "任何人，今天"
    links = [a.get("href") for a in page.all(".//a") if a.text == "我，今天"]
    assert links == ["?changed_by=me&changed_on=today&genre__exact=news"]


@pytest.mark.parametrize("number", [1, 25])
def test_the_change_filter_takes_as_many_queries_for_any_length(
    desk, django_assert_num_queries, number
):
    member = factories.make_member(username="lin")
    for _ in range(number):
        change(f"第{_}篇", member)
    desk.get(LIST)
    with django_assert_num_queries(11):
        shown = desk.get(LIST, {"changed_by": "lin", "changed_on": "today"})
    assert len(shown.context["cl"].result_list) == number


def names(form) -> list[str]:
    """Return the names of the inputs of a form."""
    return [each.get("name") for each in form.iter("input")]


@pytest.mark.parametrize("word", ["河埠路", "林晓禾", "六十项", "引题词", "副题词"])
def test_the_search_finds_headline_stack_names_and_text(desk, word):
    found = factories.make_article(
        headline="河埠路", kicker="引题词", deck="副题词", paragraphs=["办理六十项业务"]
    )
    factories.make_byline(article=found, name="林晓禾")
    factories.make_article(headline="别的", paragraphs=["别的"])
    entries.index_articles(Article.objects.all())
    response = desk.get("/admin/articles/article/", {"q": word})
    assert list(response.context["cl"].result_list) == [found]


@pytest.mark.parametrize("word", ["10⁸", "CO₂", "林晓禾"])
def test_the_search_finds_raised_figures_as_they_read(desk, word):
    found = factories.make_article(body="<p>细菌10<sup>8</sup>个，CO<sub>2</sub>减少</p>")
    for name in ("林晓禾", "林晓禾 文"):
        factories.make_byline(article=found, name=name)
    entries.index_articles(Article.objects.all())
    response = desk.get("/admin/articles/article/", {"q": word})
    assert list(response.context["cl"].result_list) == [found]


def test_a_list_names_an_article_without_headline_by_its_opening(desk):
    factories.make_article(
        headline="", paragraphs=["昨天上午八点，启用。"], column=factories.make_column()
    )
    html = desk.get("/admin/articles/article/").content.decode()
    assert "民生实事：昨天上午八点" in html


def test_many_articles_are_never_deleted_at_once(desk):
    factories.make_article()
    assert "delete_selected" not in desk.get("/admin/articles/article/").content.decode()


def test_a_signed_article_cannot_be_deleted_and_a_draft_can(desk):
    signed_off, draft = factories.make_article(), factories.make_article(status=Status.DRAFT)
    factories.make_byline(article=draft)
    for article in (signed_off, draft):
        desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert list(Article.objects.all()) == [signed_off]
    assert not Byline.objects.exists()


def test_of_many_names_the_first_four_are_shown_and_how_many_there_are(desk):
    few, many = (factories.make_article(status=Status.DRAFT) for _ in range(2))
    for number in range(4):
        factories.make_byline(article=few, name=f"甲{number}")
    for number in range(40):
        factories.make_byline(article=many, name=f"乙{number}")
    html = desk.get(LIST).content.decode()
    assert "甲0、甲1、甲2、甲3<" in html
    assert "乙0、乙1、乙2、乙3等40人<" in html


def test_a_list_says_its_number_and_its_filters_as_an_editor_would(desk):
    assert "按 状态" in desk.get(LIST).content.decode().replace("按状态", "按 状态")
    assert "1 条" in desk.get("/admin/articles/member/").content.decode()
