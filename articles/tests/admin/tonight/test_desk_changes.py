"""Who did what on a day: saves, moves and releases, by person, with the difference."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Change, Release, Review, Revision
from articles.tests.factories import make_article, make_issue, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, rewritten, through, written

pytestmark = pytest.mark.django_db

CHANGES = "/admin/changes/"


@pytest.fixture
def people():
    return [member_who_may(username=name) for name in ("作者", "一读")]


def shown(desk, **params) -> list[tuple[str, str, str]]:
    changes = desk.get(CHANGES, params).context["changes"]
    return [(str(change.who), str(change.what), change.title) for change in changes]


def test_a_day_shows_what_everybody_did_the_latest_first(people):
    writer, reader = people
    article = written(by=writer, headline="开渔")
    through(article, ("submit", writer), ("return", reader))
    rewritten(article, by=writer, headline="云溪开渔")
    issue = make_issue(released_at=None)
    Release.objects.create(issue=issue, act="released", made_by=reader)
    assert shown(signed_in(writer)) == [
        ("一读", "本期发布", str(issue)),
        ("作者", "改稿", "云溪开渔"),
        ("一读", "退回作者", "云溪开渔"),
        ("作者", "送审", "云溪开渔"),
        ("作者", "写稿", "云溪开渔"),
    ]


def test_a_save_leads_to_its_difference_and_a_first_one_does_not(people):
    article = written(by=people[0])
    rewritten(article, by=people[0], headline="改过")
    urls = [each.difference_url for each in signed_in(people[0]).get(CHANGES).context["changes"]]
    assert urls == [f"/admin/articles/article/{article.pk}/compare/?from=1&to=2", ""]
    assert signed_in(people[0]).get(urls[0]).status_code == 200


def test_one_person_and_one_day_can_be_chosen(people):
    writer, reader = people
    article = written(by=writer)
    rewritten(article, by=reader, headline="改过")
    yesterday = timezone.localdate() - timedelta(days=1)
    at = timezone.make_aware(datetime(yesterday.year, yesterday.month, yesterday.day, 23, 59))
    Revision.objects.create(
        article=article,
        number=9,
        stored_copy="{}",
        digest="0" * 64,
        change=Change.EDITED,
        status="draft",
        made_by=reader,
        made_at=at,
    )
    desk = signed_in(writer)
    assert shown(desk, by=reader.pk) == [("一读", "改稿", "改过")]
    assert shown(desk, day=yesterday.isoformat()) == [("一读", "改稿", "改过")]
    assert shown(desk, day=yesterday.isoformat(), by=writer.pk) == []
    people_shown = desk.get(CHANGES).context["people"]
    assert people_shown == [(reader, 1), (writer, 1)]


@pytest.mark.parametrize("day", ["", "2024-13-45", "昨天", "9999-12-31", "\0"])
def test_a_day_that_is_none_or_to_come_is_today(people, day):
    assert signed_in(people[0]).get(CHANGES, {"day": day}).context["day"] == timezone.localdate()


def test_the_first_day_of_the_calendar_has_none_before_it(people):
    response = signed_in(people[0]).get(CHANGES, {"day": "0001-01-01"})
    assert response.status_code == 200


def test_who_may_see_no_articles_may_not_see_who_did_what():
    assert signed_in(make_member(username="w", is_staff=True)).get(CHANGES).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_a_day_costs_three_queries_of_its_own(people, count, django_assert_num_queries):
    for _ in range(count):
        article = make_article(headline="")
        revision = Revision.objects.create(
            article=article,
            number=1,
            stored_copy="{}",
            digest="0" * 64,
            change=Change.EDITED,
            status="draft",
            made_by=people[0],
        )
        Review.objects.create(
            article=article,
            revision=revision,
            move="submit",
            from_status="draft",
            to_status="first_review",
            made_by=people[1],
        )
    desk = signed_in(people[0])
    desk.get(CHANGES)
    with django_assert_num_queries(7):
        desk.get(CHANGES)
