"""今晚: the next issue by page, the member's own work, news of others, what is not saved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import revisions
from articles.admin.tonight.tonight import Tonight, upcoming_issues
from articles.models import Article, Byline, Change, Issue, Member, Status, WorkingCopy
from articles.tests.factories import make_article, make_byline, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.workflow_factories import member_who_may, put_at, rewritten, through, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    made = [member_who_may(username=name) for name in ("作者", "一读", "二读", "三读")]
    for member in made:
        member.user_permissions.add(Permission.objects.get(codename="view_issue"))
    return made


@pytest.fixture
def tomorrow():
    return make_issue(issued_on=timezone.localdate() + timedelta(days=1), released_at=None)


def tonight_of(member: Member) -> Tonight:
    member = Member.objects.get(pk=member.pk)
    return Tonight.of(member, upcoming_issues(Issue.objects.all(), timezone.localdate()))


def ids(lines) -> set[int]:
    return {line.article.pk for line in lines}


def unsaved(member: Member, article, **fields) -> WorkingCopy:
    now = timezone.now()
    copy = WorkingCopy(article=article, member=member, editor_id=uuid4(), seen_at=now, typed_at=now)
    copy.fields = list(fields.items())
    copy.save()
    return copy


def test_the_next_issue_is_shown_page_by_page_as_it_is_placed(people, tomorrow):
    pages = [make_page(issue=tomorrow, label=label) for label in ("A10", "A2")]
    writer, *readers = people
    for n, status in enumerate(("draft", "first_review", "signed"), 1):
        put_at(status, writer=writer, readers=readers, page=pages[0], position=4 - n)
    later = make_issue(issued_on=tomorrow.issued_on + timedelta(days=1), released_at=None)
    put_at("signed", writer=writer, readers=readers, page=make_page(issue=later), position=1)
    tonight = tonight_of(people[1])
    assert tonight.issue == tomorrow
    assert [page.page.label for page in tonight.pages] == ["A2", "A10"]
    shown = [line.article.status for line in tonight.pages[1].lines]
    assert shown == ["signed", "first_review", "draft"]


def test_an_issue_that_readers_see_is_not_the_next_one(people, tomorrow):
    today = make_issue(
        issued_on=timezone.localdate(), released_at=timezone.now() - timedelta(hours=1)
    )
    make_page(issue=today)
    tonight = tonight_of(people[0])
    assert (tonight.issues, tonight.issue) == ([today, tomorrow], tomorrow)


def story_of(member: Member, status=Status.DRAFT, change=Change.WRITTEN, **facts):
    """Make an article whose first words are a member's, as the form does."""
    article = make_article(**{"status": status} | facts)
    revisions.record(article, by=member, change=change)
    return article


def test_own_stories_are_shown_wherever_they_are(people, tomorrow):
    writer = people[0]
    page = make_page(issue=tomorrow)
    story_of(writer)  # It stands among the drafts that the writer has open.
    shown = [
        story_of(writer, Status.SECOND_REVIEW),
        story_of(writer, Status.SIGNED, page=page, position=1),
        story_of(writer, Status.SIGNED),
        story_of(writer, Status.HELD),
        make_article(status=Status.DRAFT),
    ]
    make_byline(article=shown[-1], name=str(writer))
    story_of(writer, Status.SIGNED, page=make_page(), position=1)
    story_of(writer, Status.SPIKED)
    story_of(writer, change=Change.IMPORTED)
    old = story_of(writer)
    Article.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=61))
    assert ids(tonight_of(writer).own) == {article.pk for article in shown}


def test_a_held_article_is_shown_to_everybody(people):
    writer, *readers = people
    held = put_at("held", writer=writer, readers=readers)
    assert ids(tonight_of(readers[2]).held) == {held.pk}


def test_words_not_saved_are_listed_those_of_new_articles_too(people):
    writer, other = people[:2]
    article = written(by=writer, headline="已存的标题")
    unsaved(writer, article, headline="改过的标题")
    unsaved(writer, None, headline="", body="<p>傍晚开始写的一篇新稿，还没有标题。</p>")
    unsaved(other, article, headline="别人的字")
    found = [(copy.title, copy.article) for copy in tonight_of(writer).unsaved]
    assert found == [("已存的标题", article), ("傍晚开始写的一篇新稿", None)]


def test_an_open_form_in_which_nothing_was_typed_holds_no_unsaved_words(people):
    writer, *_others = people
    unsaved(writer, written(by=writer))
    WorkingCopy.objects.update(typed_at=None)
    assert tonight_of(writer).unsaved == []
    assert signed_in(writer).get("/admin/").status_code == 200


def test_who_else_has_an_article_open_stands_beside_it(people):
    writer, first, second, _third = people
    article = written(by=writer)
    for member in (writer, first, first, second):
        unsaved(member, article)
    WorkingCopy.objects.filter(member=second).update(seen_at=timezone.now() - timedelta(minutes=5))
    [line] = tonight_of(writer).unfinished
    assert line.opened_by == (first,)
    assert "一读" in line.opened_names


def test_the_last_remark_and_its_author_stand_beside_an_article(people, tomorrow):
    writer, first = people[:2]
    page = make_page(issue=tomorrow)
    article = written(by=writer, page=page, position=1)
    through(article, ("submit", writer), ("return", first), ("submit", writer))
    [line] = tonight_of(writer).pages[0].lines
    assert line.article.remark == "见批注"


def test_news_are_what_others_did_since_the_member_marked_them_seen(people):
    writer, first = people[:2]
    article = written(by=writer)
    through(article, ("submit", writer))
    assert tonight_of(writer).news_count == 0
    article = rewritten(article, by=first, headline="改过的标题")
    through(article, ("return", first))
    tonight = tonight_of(writer)
    assert (tonight.news_count, tonight.returned[0].news) == (1, "改动并流转")
    desk = signed_in(writer)
    assert "都看过了" in desk.get("/admin/").content.decode()
    assert desk.get("/admin/looked/").status_code == 405
    assert desk.post("/admin/looked/").url == "/admin/"
    tonight = tonight_of(writer)
    assert (tonight.news_count, ids(tonight.returned)) == (0, {article.pk})


def test_authors_are_the_first_name_and_how_many(people, tomorrow):
    page = make_page(issue=tomorrow)
    article = make_article(page=page, position=1, status=Status.DRAFT)
    for name, role in (("张可馨", "记者"), ("李丙丁", "记者"), ("张可馨", "摄")):
        make_byline(article=article, name=name, role=role)
    [line] = tonight_of(people[0]).pages[0].lines
    assert line.authors == "张可馨等2人"
    Byline.objects.filter(name="李丙丁").delete()
    [line] = tonight_of(people[0]).pages[0].lines
    assert line.authors == "张可馨"


def test_the_part_is_what_the_page_shows_and_asks_for_a_login(people, tomorrow, client):
    make_page(issue=tomorrow)
    written(by=people[0])
    desk = signed_in(people[0])
    part = desk.get("/admin/tonight/").content.decode().strip()
    assert part in desk.get("/admin/").content.decode()
    assert "<html" not in part
    assert client.get("/admin/tonight/").status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_a_whole_issue_costs_eight_queries(people, tomorrow, count, django_assert_num_queries):
    writer, *readers = people
    for n in range(4):
        page = make_page(issue=tomorrow, label=f"A{n + 1}")
        for position in range(1, count + 1):
            article = make_article(page=page, position=position, status=Status.FIRST_REVIEW)
            make_byline(article=article, name="张可馨")
    for _ in range(count):
        through(written(by=readers[0]), ("submit", readers[0]), ("return", readers[1]))
        written(by=readers[0])
        put_at("held", writer=writer, readers=readers)
    unsaved(writer, article, headline="未存")
    unsaved(writer, None, headline="新稿")
    desk = signed_in(readers[0])
    desk.get("/admin/")  # The first page of a login writes the session.
    for url in ("/admin/", "/admin/tonight/"):
        with django_assert_num_queries(8):
            desk.get(url)
