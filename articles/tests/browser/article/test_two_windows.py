"""Two windows of a real browser edit one article."""

import pytest

from articles import revisions
from articles.content import article_html
from articles.models import Article, Status
from articles.tests import factories
from articles.tests.chromium import new_context
from articles.tests.sqlite_lock import rest, turn

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BODY = ".ProseMirror"
PASSWORD = "correct horse battery"


@pytest.fixture
def article(db) -> Article:
    return factories.make_article(
        status=Status.DRAFT, headline="旧题", paragraphs=["第一段。", "第二段。", "第三段。"]
    )


@pytest.fixture
def window(chromium, live_server, article):
    """Return a function that logs a member in and opens the article in a window of their own."""
    contexts, faults = [], []

    def opened(username, name):
        with turn:  # Windows that are open already ask of their own accord.
            factories.make_chief(username=username, name=name)
        contexts.append(new_context(chromium, viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_selector(BODY)
        page.wait_for_load_state()
        return page

    yield opened
    for context in contexts:
        context.close()
    rest()
    assert faults == []


def save(page):
    # The page that is left may show the success of an earlier save.
    with page.expect_navigation():
        page.click(".save-bar [name=_continue]")
    page.wait_for_selector(".messagelist .success")


def type_at_the_end_of(page, paragraph, text):
    page.click(f"{BODY} p:nth-of-type({paragraph})")
    page.keyboard.press("End")
    page.keyboard.insert_text(text)


def words(article):
    return revisions.read(Article.objects.get(pk=article.pk))


def test_two_windows_edit_different_fields_and_paragraphs_and_merge(window, article):
    mine, theirs = window("lin", "林晓禾"), window("zhou", "周一鸣")
    theirs.fill("[name=headline]", "他的题")
    type_at_the_end_of(theirs, 3, "他加的。")
    save(theirs)
    mine.fill("[name=kicker]", "我的引题")
    type_at_the_end_of(mine, 1, "我加的。")
    save(mine)
    assert "已与周一鸣此间保存的修改合并：主题、正文。" in mine.inner_text(".messagelist")
    now = words(article)
    assert (now.headline, now.kicker) == ("他的题", "我的引题")
    assert article_html.paragraphs(now.body) == ["第一段。我加的。", "第二段。", "第三段。他加的。"]
    assert mine.input_value("[name=headline]") == "他的题"


def test_the_same_field_is_decided_with_the_keyboard_alone(window, article, live_server):
    mine, theirs = window("lin", "林晓禾"), window("zhou", "周一鸣")
    theirs.fill("[name=headline]", "他的题")
    type_at_the_end_of(theirs, 1, "他加的。")
    save(theirs)
    mine.fill("[name=headline]", "我的题")
    type_at_the_end_of(mine, 1, "我加的。")
    mine.press("[name=headline]", "Control+s")
    mine.wait_for_selector("#conflict_form")
    assert mine.locator(".dispute legend").all_inner_texts() == ["主题", "正文"]
    assert words(article).headline == "他的题"
    reach(mine, "choice-headline")
    mine.keyboard.press("Space")
    mine.keyboard.press("ArrowDown")
    assert mine.is_checked("[name=choice-headline][value=theirs]")
    reach(mine, "choice-body")
    mine.keyboard.press("Space")
    reach(mine, "_continue")
    mine.keyboard.press("Enter")
    mine.wait_for_selector(".messagelist .success")
    now = words(article)
    assert now.headline == "他的题"
    assert article_html.paragraphs(now.body) == ["第一段。我加的。", "第二段。", "第三段。"]
    assert mine.input_value("[name=headline]") == "他的题"


def test_a_body_is_worked_over_on_the_conflict_screen_itself(window, article):
    mine, theirs = window("lin", "林晓禾"), window("zhou", "周一鸣")
    type_at_the_end_of(theirs, 2, "他加的。")
    save(theirs)
    type_at_the_end_of(mine, 2, "我加的。")
    mine.click(".save-bar [name=_continue]")
    mine.wait_for_selector(f"#conflict_form {BODY}")
    type_at_the_end_of(mine, 2, "他加的。")
    mine.check("[name=choice-body][value=mine]")
    mine.click("#conflict_form [name=_continue]")
    mine.wait_for_selector(".messagelist .success")
    assert article_html.paragraphs(words(article).body)[1] == "第二段。我加的。他加的。"


def reach(page, name):
    """Press Tab until the field with a name has the focus."""
    for _ in range(80):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)
