"""撤稿: gone everywhere with the next request, its address kept, and back by the same procedure."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from taggit.models import Tag

from articles import revisions
from articles.lists.entries import follow
from articles.models import Article, Column, Contributor, Review, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_chief,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_page,
)
from articles.tests.html_parsing import Parsed
from articles.workflow import transitions

pytestmark = pytest.mark.django_db

TOLD = "云溪大桥提前合龙"
BODY = "桥面铺装昨天傍晚收尾。"


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def article():
    """A published article with everything, between two others on its page."""
    make_masthead(name="云溪日报")
    page = make_page(name="要闻")
    make_article(page=page, headline="前一篇")
    found = make_article(
        page=page, headline=TOLD, paragraphs=[BODY], kicker="引题甲", column=make_column()
    )
    make_article(page=page, headline="后一篇")
    make_byline(article=found, contributor=make_contributor())
    make_caption(article=found, words="合龙现场。")
    found.tags.add("云溪大桥")
    follow([found.pk])
    return found


def withdraw(article, chief):
    revisions.current(article)
    transitions.move(article, "withdraw", by=chief, note=f"《{TOLD}》主要事实有误", version=1)


def every_address(article) -> list[str]:
    """Return every address that showed the article or something of it."""
    photo, contributor = article.captions.get().photo, article.bylines.get().contributor
    return [
        article.get_absolute_url(),
        "/",
        "/2024-07-27/",
        "/2024-07-27/A1/",
        "/2024-07-27/pages/",
        "/archive/",
        "/archive/2024/7/",
        "/columns/",
        article.column.get_absolute_url(),
        contributor.get_absolute_url(),
        f"/tags/{article.tags.get().pk}/",
        f"/photos/{photo.uid}/wide.jpg",
        f"/photos/{photo.uid}/front.jpg",
        *(row.get_absolute_url() for row in article.page.articles.exclude(pk=article.pk)),
    ]


def test_it_is_gone_everywhere_with_the_next_request(client, article, chief):
    addresses = every_address(article)
    before = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in before.values()} == {200}
    withdraw(article, chief)
    for address, earlier in before.items():
        known = {"if-none-match": earlier["ETag"]}
        for answer in (client.get(address), client.get(address, headers=known)):
            assert answer.status_code in (200, 404, 410), f"{address}: {answer.status_code}"
            text = answer.content.decode(errors="replace")
            for told in (TOLD, BODY[:8], "引题甲", article.get_absolute_url()):
                assert told not in text.replace("<wbr>", ""), f"{address} tells {told}"


def test_its_address_answers_410_with_a_notice_and_not_a_word_of_it(client, article, chief):
    withdraw(article, chief)
    answer = client.get(article.get_absolute_url())
    page = Parsed(answer)
    since = timezone.localtime(Review.objects.get(move="withdraw").made_at)
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "no-store"
    assert not answer.has_header("ETag")
    assert not answer.cookies
    assert page.texts(".//h1") == ["本文已撤稿"]
    assert page.texts(".//dl/dd") == [
        "2024年7月27日　A1 要闻",
        f"{since.year}年{since.month}月{since.day}日 {since:%H:%M}",
    ]
    assert page.links(".//main//p") == ["/2024-07-27/", "/corrections/"]
    assert page.meta("robots") == ["noindex"]
    assert page.all(".//link[@rel='canonical']") == []
    assert page.text(".//title") == "本文已撤稿 — 云溪日报"


def test_it_counts_nowhere_and_its_neighbours_close_ranks(client, article, chief):
    withdraw(article, chief)
    before, after = article.page.articles.exclude(pk=article.pk).order_by("position")
    page = Parsed(client.get(before.get_absolute_url()))
    assert page.links(".//nav[@class='onward']") == [after.get_absolute_url()]
    assert page.text(".//nav[@class='where']/span[3]") == "本版第1篇，共2篇"
    whole = Parsed(client.get("/2024-07-27/pages/"))
    assert whole.texts(".//main/p[@class='meta']/span") == ["1 版", "2 篇"]


def test_a_notice_takes_four_queries(client, article, chief, django_assert_num_queries):
    withdraw(article, chief)
    with django_assert_num_queries(4):
        client.get(article.get_absolute_url())


def read_again(article, readers):
    """Take an article through its readings, by a different member each."""
    article.refresh_from_db()
    transitions.move(article, "submit", by=readers[0])
    for name, reader in zip(("pass_first", "pass_second", "sign"), readers, strict=True):
        transitions.move(article, name, by=reader)


@pytest.mark.parametrize("step", ["submit", "pass_first", "pass_second"])
def test_until_it_is_signed_again_it_stays_withdrawn(client, article, chief, step):
    withdraw(article, chief)
    article.refresh_from_db()
    readers = [make_chief(username=f"r{n}") for n in range(3)]
    for reader, name in zip(readers, ("submit", "pass_first", "pass_second"), strict=True):
        transitions.move(article, name, by=reader)
        if name == step:
            break
    assert client.get(article.get_absolute_url()).status_code == 410


def test_a_withdrawn_article_comes_back_at_its_address(client, article, chief):
    address = article.get_absolute_url()
    withdraw(article, chief)
    read_again(article, [make_chief(username=f"r{n}") for n in range(3)])
    answer = client.get(address)
    assert answer.status_code == 200
    assert Parsed(answer).texts(".//h1") == [TOLD]
    assert Parsed(client.get("/2024-07-27/pages/")).texts(".//main/p[@class='meta']/span") == [
        "1 版",
        "3 篇",
        "图片 1 幅",
    ]


def test_spiked_after_its_withdrawal_it_is_still_remembered(client, article, chief):
    withdraw(article, chief)
    article.refresh_from_db()
    transitions.move(article, "submit", by=chief)
    transitions.move(article, "spike", by=chief, note="不再用")
    assert client.get(article.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("status", Status.values)
def test_what_was_never_published_is_unknown_whatever_it_waits_for(client, status):
    page = make_page(issue=make_issue(issued_on=date(2030, 1, 1), released_at=None))
    article = make_article(page=page, status=status)
    unknown = client.get("/articles/999999/")
    answer = client.get(article.get_absolute_url())
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert unknown.status_code == 404


def test_the_desk_still_sees_what_was_withdrawn(article, chief):
    withdraw(article, chief)
    assert article.revisions.get().copy.headline == TOLD
    (review,) = article.reviews.filter(move="withdraw")
    assert (review.made_by, review.revision) == (chief, article.revisions.get())


@pytest.mark.parametrize(
    ("model", "field"),
    [(Article, "headline"), (Column, "name"), (Contributor, "name"), (Tag, "name")],
)
def test_the_numbers_of_deleted_rows_never_come_back(model, field):
    last = model.objects.create(**{field: "旧的"})
    number = last.pk
    last.delete()
    assert model.objects.create(**{field: "新的"}).pk > number


# The list of withdrawals


def test_withdrawals_are_listed_by_date_alone_the_newest_first(client, article, chief):
    other = make_article(page=make_page(issue=make_issue(issued_on=date(2024, 7, 28))))
    withdraw(article, chief)
    revisions.current(other)
    transitions.move(other, "withdraw", by=chief, note="重复", version=1)
    answer = client.get("/corrections/")
    lines = Parsed(answer).texts(".//main//ul[@class='hits']/li//span")
    assert lines == ["撤回2024年7月28日刊发的一篇稿件", "撤回2024年7月27日刊发的一篇稿件"]
    assert "/articles/" not in answer.content.decode()


def test_an_article_that_came_back_is_not_listed_as_withdrawn(client, article, chief):
    withdraw(article, chief)
    read_again(article, [make_chief(username=f"r{n}") for n in range(3)])
    assert Parsed(client.get("/corrections/")).texts(".//main//ul[@class='hits']/li") == []


def test_withdrawn_twice_it_is_listed_once_with_the_later_time(article, chief):
    first, second = datetime(2024, 8, 1, tzinfo=UTC), datetime(2024, 8, 2, tzinfo=UTC)
    revision = revisions.current(article)
    for moment in (first, second):
        Review.objects.create(
            article=article,
            revision=revision,
            move="withdraw",
            from_status=Status.SIGNED,
            to_status=Status.WITHDRAWN,
            made_by=chief,
            made_at=moment,
            note="重复",
        )
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
    assert [row.withdrawn_at for row in Article.objects.withdrawn()] == [second]
