"""An evening at the desk with the keyboard alone: every job that other tests count clicks for.

Only keys are pressed, and only where the focus stands; each time it must be seen.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from articles.models import Article, Issue
from articles.tests.browser_sessions import watch
from articles.tests.factories import (
    make_article,
    make_chief,
    make_contributor,
    make_issue,
    make_page,
)
from articles.tests.form_helpers import signed_in
from articles.tests.gunicorn_server import until
from articles.tests.issue_helpers import board_order, board_url
from articles.tests.sqlite_lock import turn
from articles.tests.workflow_factories import member_who_may, put_at, written

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What hides the focus: neither a caret nor an outline or shadow tells it, or something covers it.
HIDES_FOCUS = """() => {
    const field = document.activeElement
    const style = getComputedStyle(field)
    const isMarked = style.outlineStyle !== "none" || style.boxShadow !== "none"
    const { x, y, width, height } = field.getBoundingClientRect()
    const top = document.elementFromPoint(x + Math.min(width / 2, 20), y + Math.min(height / 2, 20))
    return [
        field.isContentEditable || isMarked ? "" : "it is not marked",
        field.contains(top) ? "" : "it is not in sight",
    ].join("")
}"""


class Keyboard:
    """A member at the desk who has no mouse."""

    def __init__(self, tab, url, member):
        self.tab, self.url, self.faults = tab, url, []
        watch(tab, self.faults)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": signed_in(member).cookies[name].value, "url": url}
        tab.context.add_cookies([cookie])

    def open(self, path):
        self.tab.goto(self.url + path)
        self.tab.wait_for_load_state()

    def to(self, selector, *keys, by="Tab"):
        """Press Tab until an element has the focus, which must be seen; then press keys."""
        here = f"document.activeElement.matches({selector!r})"
        for _ in range(120):
            self.tab.keyboard.press(by)
            if self.tab.evaluate(here):
                break
        else:
            raise AssertionError(f"the Tab key does not reach {selector}")
        # A page may still scroll to it.
        until(lambda: self.tab.evaluate(HIDES_FOCUS) == "", f"{selector} in sight", within=10)
        self.press(*keys)

    def press(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, words):
        self.tab.keyboard.insert_text(words)

    def reads(self, selector, words):
        expect(self.tab.locator(selector)).to_contain_text(words)


@pytest.fixture
def member(transactional_db):
    return make_chief(username="zhiban", is_superuser=True)


@pytest.fixture
def keyboard(tab, live_server, member):
    found = Keyboard(tab, live_server.url, member)
    yield found
    assert found.faults == []


def submit_fourteen(keyboard):
    keyboard.open(reverse("admin:articles_article_changelist") + "?status__exact=draft")
    keyboard.to("#action-toggle", "Space")
    keyboard.to("button[value=submit]", "Enter", by="Shift+Tab")
    keyboard.reads(".messagelist .success", "等 14 篇")


def pass_fifteen(keyboard):
    keyboard.open(reverse("read_next"))
    for number in range(15):
        keyboard.reads("#reading h1", f"待审{number}")
        keyboard.press("p")
    keyboard.reads("#reading h1", "没有等您审读的稿件。")


def plan_an_issue(keyboard):
    keyboard.open(reverse("admin:index"))
    keyboard.to("[name=like]", "Enter")
    keyboard.reads(".messagelist .success", "已建好")


def rank_eight_and_move_five(keyboard, issue):
    keyboard.open(board_url(issue))
    for number, headline in enumerate("甲乙丙丁戊己庚辛"):
        piece, rank = f".piece[data-title='{headline}']", min(number + 1, 3)
        button = f"{piece} [name=rank]:nth-of-type({rank})"
        keyboard.to(button, "Enter")
        expect(keyboard.tab.locator(button)).to_have_attribute("aria-pressed", "true")
    for headline in "己戊丁丙乙":
        keyboard.to(f".piece[data-title='{headline}'] [name=tick]", "Space", by="Shift+Tab")
    keyboard.to(f"[name=to][value='{issue.pages.get(label='A2').pk}']", "Enter")
    keyboard.reads("#board .done", "移到 A2")


def write_and_submit(keyboard, picture):
    keyboard.open(reverse("admin:articles_article_add"))
    keyboard.to("[name=headline]")
    keyboard.type("河埠路便民服务点启用")
    keyboard.to(".ProseMirror")
    keyboard.type("云溪区河埠路便民服务点昨天启用。" * 32)
    keyboard.to("[name=tags]")
    keyboard.type("民生，便民服务")
    keyboard.to("[name=bylines-0-name]")
    keyboard.type("徐帆")
    keyboard.to("#bylines-group .add", "Enter")
    keyboard.to("[name=bylines-1-name]")
    keyboard.type("徐梦超")
    with keyboard.tab.expect_file_chooser() as chooser:
        keyboard.to("#id_photos", "Enter")
    chooser.value.set_files(picture)
    # The card grows while its picture is stored.
    expect(keyboard.tab.locator(".photo-card[data-state=stored]")).to_have_count(1)
    keyboard.to(".photo-card [data-fact=alt]")
    keyboard.type("群众在窗口办事")
    keyboard.to(".save-bar .move.default", "Enter")
    keyboard.reads(".messagelist", "已送审。")


@pytest.fixture
def evening(member):
    """What an evening begins with: drafts, articles that wait, last week's paper of four pages."""
    writer = member_who_may(username="jizhe")
    for number in range(14):
        written(by=member, headline=f"草稿{number}")
    facts = {"writer": writer, "readers": [member, writer, writer]}
    for number in range(15):
        put_at("first_review", headline=f"待审{number}", **facts)
    past = make_issue(issued_on=timezone.localdate() - timedelta(days=6))
    for label in ("A1", "A2", "A3", "A4"):
        make_page(issue=past, label=label)
    for name in ("徐帆", "徐梦超"):
        make_contributor(name=name, role="记者")


def test_every_job_of_an_evening_is_done_with_the_keyboard_alone(keyboard, evening, tmp_path):
    submit_fourteen(keyboard)
    assert Article.objects.filter(headline__startswith="草稿", status="first_review").count() == 14
    pass_fifteen(keyboard)
    plan_an_issue(keyboard)
    planned = Issue.objects.get(issued_on=timezone.localdate() + timedelta(days=1))
    assert planned.pages.count() == 4
    for headline in "甲乙丙丁戊己庚辛":
        make_article(page=planned.pages.get(label="A1"), headline=headline, status="draft")
    rank_eight_and_move_five(keyboard, planned)
    assert board_order(planned) == {"A1": "甲庚辛", "A2": "乙丙丁戊己", "A3": "", "A4": ""}
    Image.new("RGB", (300, 200)).save(tmp_path / "DSC_0001.jpg")
    write_and_submit(keyboard, tmp_path / "DSC_0001.jpg")
    with turn:
        story = Article.objects.get(headline="河埠路便民服务点启用")
    assert story.status == "first_review"
    assert [str(row.contributor) for row in story.bylines.all()] == ["徐帆", "徐梦超"]
    assert story.captions.count() == 1
