"""A released issue that waits for its minute: what it would go out without, and who is asked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Issue, Status
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.workflow.release import clock, missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """An issue released for the day after tomorrow, with one signed article."""
    released_at = timezone.now() + timedelta(days=2)
    issue = make_issue(issued_on=released_at.date(), released_at=released_at)
    make_article(page=make_page(issue=issue), headline="云溪区河埠路开渔")
    return issue


def test_a_signed_issue_lacks_nothing(waiting):
    assert missing(waiting) == []


@pytest.mark.parametrize("many", [1, 25])
def test_what_is_no_longer_signed_is_missing_in_print_order(
    waiting, django_assert_num_queries, many
):
    tenth = make_page(issue=waiting, label="A10")
    late = [make_article(page=tenth, status=Status.FIRST_REVIEW) for _ in range(many)]
    early = make_article(page=make_page(issue=waiting, label="A2"), status=Status.DRAFT)
    with django_assert_num_queries(1):
        found = missing(waiting)
    assert found == [early, *late]


@pytest.mark.parametrize("status", [Status.HELD, Status.SPIKED, Status.WITHDRAWN])
def test_what_was_taken_out_on_purpose_is_not_missed(waiting, status):
    make_article(page=waiting.pages.get(), status=status)
    assert missing(waiting) == []


def test_an_issue_that_is_not_released_misses_nothing():
    page = make_page(issue=make_issue(released_at=None))
    make_article(page=page, status=Status.DRAFT)
    assert missing(page.issue) == []


def warnings(response) -> list[str]:
    return Parsed(response).texts(".//div[@role='alert']")


@pytest.mark.parametrize("name", ["change", "release"])
def test_the_chief_is_asked_on_the_issue_and_where_it_is_released(roles, waiting, name):
    page = waiting.pages.get()
    changed = make_article(page=page, status=Status.FIRST_REVIEW, headline="云溪区开渔")
    desk = signed_in(roles("值班总编"))
    (warning,) = warnings(desk.get(reverse(f"admin:articles_issue_{name}", args=[waiting.pk])))
    asked = f"有 1 篇稿件尚未签发或签发已失效。若不在{clock(waiting.released_at)}前签发，"
    assert warning.strip().startswith(f"{asked}本期将不带这些稿件发布。")
    assert warning.strip().endswith(f"A1 云溪区开渔（{changed.get_status_display()}）")
    Article.objects.filter(pk=changed.pk).update(status=Status.SIGNED)
    assert warnings(desk.get(reverse(f"admin:articles_issue_{name}", args=[waiting.pk]))) == []


def test_without_an_answer_the_issue_goes_out_without_it(waiting, client):
    page = waiting.pages.get()
    signed = page.articles.get()
    make_article(page=page, status=Status.FIRST_REVIEW)
    Issue.objects.update(released_at=timezone.now())
    whole = Parsed(client.get(f"{waiting.get_absolute_url()}pages/"))
    assert whole.texts(".//ol[@class='toc']//h3") == [signed.headline]
