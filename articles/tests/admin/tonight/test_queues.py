"""The queues: what waits for whom, on the home page and in the list of articles."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.models import Article, Review, Revision, Status, WorkingCopy
from articles.tests.factories import make_article, make_issue, make_member, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, through, written
from articles.workflow import available_moves
from articles.workflow.queues import returned_to, unfinished_by, waiting_for

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def people():
    return [member_who_may(username=name) for name in ("作者", "一读", "二读", "三读")]


def everywhere(people) -> dict[str, Article]:
    """One article in each status, by the first of the people, read by the others."""
    return {
        status: put_at(status, writer=people[0], readers=people[1:]) for status in Status.values
    }


def test_what_waits_is_what_the_member_may_read_and_has_not_yet(people):
    at = everywhere(people)
    stages = ["first_review", "second_review", "final_review"]
    expected = [
        [],
        [at["first_review"]],
        [at["first_review"], at["second_review"]],
        [at[stage] for stage in stages],
    ]
    assert [list(waiting_for(person)) for person in people] == expected


@pytest.mark.parametrize(
    ("right", "stage"),
    [
        ("pass_first_review", "first_review"),
        ("pass_second_review", "second_review"),
        ("sign_article", "final_review"),
        ("submit_article", None),
    ],
)
def test_only_what_the_member_has_the_right_to_read_waits(people, right, stage):
    at = everywhere(people)
    assert list(waiting_for(member_who_may(right))) == ([at[stage]] if stage else [])


def test_a_queue_and_the_buttons_say_the_same(people):
    """Whatever waits for somebody can be passed by them, and nothing else can."""
    articles = [*everywhere(people).values()]
    for stage in ("second_review", "signed"):
        article = put_at(stage, writer=people[0], readers=people[1:])
        articles.append(rewritten(article, by=people[2], headline="二读改动"))
    reading = {"pass_first", "pass_second", "sign"}
    for person in people:
        passable = {
            article
            for article in Article.objects.all()
            if any(
                not bar
                for name, bar in available_moves(article, by=person).items()
                if name in reading
            )
        }
        assert set(waiting_for(person)) == passable


def test_words_read_before_a_change_or_a_return_wait_for_the_same_reader_again(people):
    writer, first, second, _third = people
    article = put_at("second_review", writer=writer, readers=people[1:])
    assert article not in waiting_for(first)
    assert rewritten(article, by=writer, headline="二稿") in waiting_for(first)
    article = put_at("second_review", writer=writer, readers=people[1:])
    through(article, ("return", second), ("submit", writer))
    assert article in waiting_for(first)


def test_what_came_back_comes_back_to_its_writers_and_to_who_submitted_it(people):
    writer, editor, reader, other = people
    article = rewritten(written(by=writer), by=reader, headline="改过")
    through(article, ("submit", editor))
    assert [list(returned_to(person)) for person in people] == [[], [], [], []]
    through(article, ("return", other))
    back = [list(returned_to(person)) for person in people]
    assert back == [[article], [article], [article], []]
    assert "见批注" in text_of(signed_in(writer).get("/admin/"))
    through(article, ("submit", editor))
    assert list(returned_to(writer)) == []


def test_what_is_open_are_own_drafts_and_words_not_saved(people):
    writer, editor, *_others = people
    draft, typed = written(by=writer), put_at("first_review", writer=editor, readers=people[1:])
    back = through(written(by=writer), ("submit", writer), ("return", editor))
    put_at("signed", writer=writer, readers=people[1:])
    now = timezone.now()
    for minutes in (3, 9):
        WorkingCopy.objects.create(
            article=typed,
            member=writer,
            editor_id=uuid4(),
            seen_at=now,
            typed_at=now - timedelta(minutes=minutes),
        )
    WorkingCopy.objects.create(article=back, member=editor, editor_id=uuid4(), seen_at=now)
    found = [(article, article.typed_at) for article in unfinished_by(writer)]
    assert found == [(draft, None), (typed, now - timedelta(minutes=3))]
    assert list(unfinished_by(editor)) == []


def test_the_oldest_comes_first_and_says_how_old_it_is(people):
    articles = [put_at("first_review", writer=people[0], readers=people[1:]) for _ in range(2)]
    old = datetime(2024, 7, 20, tzinfo=UTC)
    Review.objects.create(
        article=articles[1],
        revision=articles[1].revisions.get(),
        move="submit",
        made_at=old,
        from_status="draft",
        to_status="first_review",
    )
    assert [article.since == old for article in waiting_for(people[1])] == [True, False]


def text_of(response) -> str:
    html = response.content.decode()
    return html[html.index('class="queues"') :]


def test_the_index_shows_each_queue_with_issue_status_age_and_link(people):
    page = make_page(issue=make_issue(issued_on=date(2031, 5, 4), released_at=None))
    article = put_at("first_review", writer=people[0], readers=people[1:], page=page, position=1)
    unplaced = put_at("first_review", writer=people[0], readers=people[1:])
    html = text_of(signed_in(people[1]).get("/admin/"))
    assert f'<a href="/admin/articles/article/{article.pk}/read/">{article}</a>' in html
    assert f">{unplaced}</a>" in html
    for words in (
        "待我审",
        "2031年5月4日",
        "待一审",
        "未定期次",
        "没有退回给您的稿件。",
        "您手头没有未完成的稿件。",
    ):
        assert words in html


def test_an_article_without_a_headline_has_a_name_in_a_queue(people):
    article = put_at(
        "first_review",
        writer=people[0],
        readers=people[1:],
        headline="",
        body="<p>云溪区今天开渔。</p>",
    )
    assert "云溪区今天开渔" in text_of(signed_in(people[1]).get("/admin/"))
    assert article.headline == ""


def test_a_long_queue_leads_to_the_list_which_shows_it_all(people):
    articles = {put_at("first_review", writer=people[0], readers=people[1:]) for _ in range(13)}
    put_at("signed", writer=people[0], readers=people[1:])
    desk = signed_in(people[1])
    assert f'href="{LIST}?queue=waiting"' in text_of(desk.get("/admin/"))
    for queue, expected in (("waiting", articles), ("returned", set()), ("unfinished", set())):
        assert set(desk.get(LIST, {"queue": queue}).context["cl"].result_list) == expected
    assert len(desk.get(LIST, {"queue": "nonsense"}).context["cl"].result_list) == 14


def test_who_may_see_no_articles_has_no_queues():
    html = signed_in(make_member(username="guanli", is_staff=True)).get("/admin/").content.decode()
    assert 'class="queues"' not in html


def test_a_signed_archive_waits_for_nobody(people):

    made = Article.objects.bulk_create(
        Article(status=Status.SIGNED, headline=f"旧稿{n}", version=1) for n in range(1000)
    )
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            stored_copy="{}",
            digest="0" * 64,
            change="imported",
            status="draft",
        )
        for article in made
    )
    waiting = put_at("first_review", writer=people[0], readers=people[1:])
    assert list(waiting_for(people[1])) == [waiting]
    assert make_article() not in waiting_for(people[1])
