"""The home page in a real browser: it keeps itself up to date and takes nothing from its reader."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Status
from articles.tests.browser_sessions import desk, faults, make_colleague
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.sqlite_lock import turn
from articles.tests.workflow_factories import rewritten, written

__all__ = ["desk", "faults"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def night():
    """The next issue with more articles than a window shows."""
    issue = make_issue(issued_on=timezone.localdate() + timedelta(days=1), released_at=None)
    page = make_page(issue=issue)
    return [
        make_article(page=page, position=n, status=Status.DRAFT, headline=f"第{n}篇")
        for n in range(1, 60)
    ]


def test_the_home_page_shows_what_others_did_and_keeps_focus_and_scroll(night, desk):
    member, colleague = make_chief(), make_colleague()
    own = written(by=member, headline="自己的稿件")
    page = desk(member, "/admin/articles/article/add/")
    page.clock.install()
    page.goto(page.url.replace("/admin/articles/article/add/", "/admin/"))
    link = page.get_by_role("link", name="第40篇", exact=True)
    link.focus()
    top = link.bounding_box()["y"]
    with turn:
        rewritten(own, by=colleague, headline="同事改过的标题")
        night[0].headline = "开头的标题变长了" * 20
        night[0].save()
    page.clock.run_for(21_000)
    expect(page.locator("#queue-unfinished")).to_contain_text("同事改过的标题")
    expect(page.locator(f"#placed-{night[0].pk}")).to_contain_text("开头的标题变长了")
    expect(page.locator("#tonight-status")).to_contain_text("别人动过")
    expect(link).to_be_focused()
    assert abs(link.bounding_box()["y"] - top) < 2


def test_names_of_people_are_filled_down_the_pages_of_an_issue(desk):
    page = desk(make_chief())
    page.goto(page.url.replace("/article/add/", "/issue/add/"))
    for n, label in enumerate(("A1", "A2", "A3")):
        page.fill(f"[name=pages-{n}-label]", label)
    page.fill("[name=pages-0-editor]", "张三")
    page.fill("[name=pages-2-designer]", "李四")
    for button in page.get_by_role("button", name="向下填").all():
        button.click()
    values = [
        [page.input_value(f"[name=pages-{n}-{name}]") for name in ("editor", "designer")]
        for n in range(4)
    ]
    assert values == [["张三", ""], ["张三", ""], ["张三", "李四"], ["", ""]]
