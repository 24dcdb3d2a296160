"""更正: told on the article, in the list of all, and to machines."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import revisions
from articles.models import Article, Correction, Issue, Status
from articles.tests.factories import make_article, make_chief, make_issue, make_masthead, make_page
from articles.tests.html_parsing import Parsed
from articles.workflow import transitions

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 7, 28, 1, 20, tzinfo=UTC)


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def correct(chief):
    """Return a function that makes a correction of an article."""

    def made(article, notice="第三段“十二个村”应为“十三个村”。", made_at=NOON):
        return Correction.objects.create(
            article=article,
            revision=revisions.current(article),
            notice=notice,
            made_by=chief,
            made_at=made_at,
        )

    return made


def read(client, article) -> Parsed:
    return Parsed(client.get(article.get_absolute_url()))


def linked_data(page: Parsed) -> dict:
    (script,) = page.all(".//script[@type='application/ld+json']")
    return json.loads(script.text)


# On the article


def test_a_correction_stands_above_the_text_with_its_time(client, correct):
    article = make_article(page=make_page())
    correct(article)
    page = read(client, article)
    (body,) = page.all(".//article")
    order = [part.get("class") for part in body]
    assert order.index("fix") < order.index("prose")
    assert page.texts(".//aside[@class='fix']/h2") == ["更正"]
    assert page.texts(".//aside[@class='fix']/p") == [
        "2024年7月28日 09:20　第三段“十二个村”应为“十三个村”。"
    ]


def test_several_are_told_the_newest_first(client, correct):
    article = make_article(page=make_page())
    correct(article, notice="第一次")
    correct(article, notice="第二次", made_at=NOON + timedelta(days=1))
    correct(article, notice="第三次", made_at=NOON + timedelta(days=1))
    assert [line[-3:] for line in read(client, article).texts(".//aside[@class='fix']/p")] == [
        "第三次",
        "第二次",
        "第一次",
    ]


def test_without_a_correction_nothing_is_said(client, correct):
    page = make_page()
    correct(make_article(page=page))
    assert read(client, make_article(page=page)).all(".//aside[@class='fix']") == []


def test_what_was_typed_is_shown_as_typed(client, correct):
    article = make_article(page=make_page())
    correct(article, notice="</aside><script>一</script>\n第二行")
    (notice,) = read(client, article).texts(".//aside[@class='fix']/p")
    assert notice.endswith("</aside><script>一</script>第二行")


@pytest.mark.parametrize("many", [1, 25])
def test_corrections_take_no_query_of_their_own(client, correct, django_assert_num_queries, many):
    article = make_article(page=make_page())
    for number in range(many):
        correct(article, notice=f"第{number}次")
    with django_assert_num_queries(8):
        page = read(client, article)
    assert len(page.all(".//aside[@class='fix']/p")) == many


def test_machines_are_told_too(client, correct):
    article = make_article(page=make_page())
    later = timezone.now().replace(microsecond=0) + timedelta(minutes=1)
    correct(article, notice="应为“十三个村”。")
    correct(article, notice="再改。", made_at=later)
    data = linked_data(read(client, article))
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "再改。",
            "datePublished": timezone.localtime(later).isoformat(),
        },
        {
            "@type": "CorrectionComment",
            "text": "应为“十三个村”。",
            "datePublished": "2024-07-28T09:20:00+08:00",
        },
    ]
    assert data["dateModified"] == timezone.localtime(later).isoformat()


# Correcting


def test_a_published_word_changes_with_a_notice_or_silently(client, chief):
    article = make_article(page=make_page(), headline="云溪区十二个村")
    revisions.current(article)
    for headline, notice in (("云溪区十三个村", "标题数字有误。"), ("云溪区十三个村庄", "")):
        Article.objects.filter(pk=article.pk).update(headline=headline)
        article.refresh_from_db()
        revision = revisions.record(article, by=chief, reason="核实")
        transitions.void_reviews(article, revision, by=chief, reason="核实", notice=notice)
    assert [row.notice for row in Correction.objects.all()] == ["标题数字有误。"]
    assert Article.objects.get(pk=article.pk).status == Status.SIGNED
    assert read(client, article).texts(".//h1") == ["云溪区十三个村庄"]
    assert [review.move for review in article.reviews.all()] == ["correct", "correct"]


# The list of all


def listed(response) -> list[str]:
    return Parsed(response).texts(".//ol[@class='hits']/li//h3")


def test_all_corrections_are_listed_the_newest_first_with_their_articles(client, correct):
    make_masthead(name="云溪日报")
    first = make_article(page=make_page(), headline="甲稿")
    second = make_article(
        page=make_page(issue=make_issue(issued_on=date(2024, 7, 28)), label="A2"), headline="乙稿"
    )
    correct(first)
    correct(second, made_at=NOON + timedelta(days=30))
    response = client.get("/corrections/")
    page = Parsed(response)
    assert response["Cache-Control"] == "public, max-age=60"
    assert listed(response) == ["乙稿", "甲稿"]
    assert page.links(".//ol[@class='hits']") == [
        second.get_absolute_url(),
        first.get_absolute_url(),
    ]
    assert page.texts(".//main//h2") == ["2024年8月", "2024年7月"]
    assert page.texts(".//ol[@class='hits']//span") == [
        "刊于2024年7月28日 A2 要闻",
        "刊于2024年7月27日 A1 要闻",
    ]
    assert page.texts(".//ol[@class='hits']//p")[-1] == "第三段“十二个村”应为“十三个村”。"


def test_the_footer_of_every_page_leads_to_the_list(client):
    make_page()
    for address in ("/", "/archive/", "/about/"):
        assert "/corrections/" in Parsed(client.get(address)).links(".//footer[@class='foot']")


def test_a_correction_of_what_readers_do_not_see_is_not_listed(client, correct):
    tomorrow = timezone.now() + timedelta(days=1)
    unreleased = make_issue(issued_on=date(2030, 1, 1), released_at=tomorrow)
    correct(make_article(page=make_page(issue=unreleased)))
    correct(make_article(page=make_page(), status=Status.WITHDRAWN))
    response = client.get("/corrections/")
    assert listed(response) == []
    assert "还没有刊登过更正。" in response.content.decode()
    Issue.objects.update(released_at=timezone.now())
    assert len(listed(client.get("/corrections/"))) == 1


def test_the_list_goes_on_after_thirty(client, correct):
    page = make_page()
    for number in range(31):
        correct(make_article(page=page), made_at=NOON + timedelta(minutes=number))
    first, second = client.get("/corrections/"), client.get("/corrections/?page=2")
    assert (len(listed(first)), len(listed(second))) == (30, 1)
    assert Parsed(first).links(".//main//nav") == ["?page=2"]
    assert Parsed(second).links(".//main//nav") == ["?"]
    for query in ("?page=3", "?page=0", "?page=x"):
        assert client.get(f"/corrections/{query}").status_code == 404


@pytest.mark.parametrize("many", [1, 25])
def test_the_list_takes_three_queries(client, correct, django_assert_num_queries, many):
    page = make_page()
    for _ in range(many):
        correct(make_article(page=page, headline=""))
    with django_assert_num_queries(3):
        client.get("/corrections/")
