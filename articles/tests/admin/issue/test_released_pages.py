"""Names and people of the pages of a released issue change with a reason, kept in the history."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.intake import raw_pages
from articles.intake.persistence import save_drafts
from articles.models import Issue, Page
from articles.tests.factories import make_issue, make_page
from articles.tests.form_helpers import fields, signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "pages-0-name": "综合",
    "pages-0-editor": "周一鸣",
    "pages-0-designer": "李若溪",
    "pages-0-proofreader": "吴桐",
}


@pytest.fixture
def desk():
    return signed_in()


@pytest.fixture(params=[timedelta(hours=-1), timedelta(hours=1)])
def page(request):
    """Return a page of an issue that is released, or waits for its minute."""
    issue = make_issue(released_at=timezone.now() + request.param)
    return make_page(issue=issue, name="要闻", editor="林晓禾", designer="", proofreader="")


def address(page):
    return reverse("admin:articles_issue_change", args=[page.issue_id])


def save(desk, page, **typed):
    filled = fields(desk.get(address(page)), "issue_form")
    return desk.post(address(page), filled | typed | {"_continue": "1"})


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("reason", [{}, {"reason": " \u3000"}])
def test_without_a_reason_nothing_is_changed_or_lost(desk, page, name, reason):
    refused = save(desk, page, **{name: TYPED[name]}, **reason)
    assert "请说明为什么改动版面" in refused.content.decode()
    assert fields(refused, "issue_form")[name] == TYPED[name]
    assert Page.objects.get().editor == "林晓禾" and Page.objects.get().name == "要闻"
    assert not LogEntry.objects.exists()


def test_with_a_reason_it_is_changed_and_the_history_tells_what_and_why(desk, page):
    assert save(desk, page, **TYPED, reason="责编换人").status_code == 302
    now = Page.objects.get()
    assert (now.name, now.editor, now.designer, now.proofreader) == tuple(TYPED.values())
    history = desk.get(reverse("admin:articles_issue_history", args=[page.issue_id]))
    told = (
        "A1 名称：要闻 → 综合；A1 责任编辑：林晓禾 → 周一鸣；A1 版式：— → 李若溪；A1 校对：— → 吴桐"
    )
    assert f"{told}；责编换人" in history.content.decode()


def test_what_a_page_does_not_print_needs_no_reason(desk, page):
    assert save(desk, page, **{"pages-0-planned_length": "9000"}, serial="77").status_code == 302
    assert (Page.objects.get().planned_length, Issue.objects.get().serial) == (9000, 77)


def test_before_the_release_nobody_is_asked(desk, page):
    Issue.objects.update(released_at=None)
    assert "reason" not in fields(desk.get(address(page)), "issue_form")
    assert save(desk, page, **TYPED).status_code == 302
    assert Page.objects.get().name == "综合"


def test_a_new_issue_has_its_pages_without_a_reason(desk):
    typed = fields(desk.get(reverse("admin:articles_issue_add")), "issue_form")
    typed |= {"pages-0-label": "A1", "pages-0-editor": "林晓禾"}
    assert desk.post(reverse("admin:articles_issue_add"), typed).status_code == 302
    assert Page.objects.get().editor == "林晓禾"


def test_a_text_that_is_read_in_fills_nothing_in(page):
    text = "书画馆开馆\n\n市民前来参观。\n\n责任编辑 王甲 校对 李乙\n"
    raw = raw_pages.import_text(page, text.encode(), by=None)
    Issue.objects.update(released_at=None)
    save_drafts(raw, by=None)
    assert Page.objects.get().proofreader == "李乙"
    Page.objects.update(proofreader="")
    Issue.objects.update(released_at=timezone.now())
    save_drafts(raw, by=None)
    assert Page.objects.get().proofreader == ""
