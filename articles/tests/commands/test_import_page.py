"""A page is stored from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.management.commands import import_page
from articles.models import Article, Issue, Page, RawPage, Revision
from articles.tests.factories import make_issue, make_member, make_page
from articles.tests.intake_cases import SAMPLE

pytestmark = pytest.mark.django_db
PLACE = ("--issue", "2024-07-27", "--page", "A1")
CLEAN = "书画馆开馆\n\n本报讯（记者 吴桐）昨天，书画馆开馆，市民前来参观。\n\n馆内有展品三百件。\n"
SUMMED_UP = "1 篇稿件\n\n1. [报道] 书画馆开馆\n   署名：本报讯 记者 吴桐\n   2 段，25 字\n\n"


def imported(file, *options):
    """Return what import_page prints, what it says beside, and its exit status."""
    out, beside = StringIO(), StringIO()
    try:
        call_command("import_page", str(file), *PLACE, *options, stdout=out, stderr=beside)
    except SystemExit as ended:
        return out.getvalue(), beside.getvalue(), ended.code
    return out.getvalue(), beside.getvalue(), 0


def refused(file, *options) -> str:
    """Return why import_page refuses; nothing may be stored then."""
    with pytest.raises(CommandError) as told:
        call_command("import_page", str(file), *PLACE, *options)
    assert told.value.returncode == 2
    assert [model.objects.count() for model in (Issue, Page, RawPage, Article)] == [0] * 4
    return str(told.value)


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a page."""

    def write(words):
        path = tmp_path / "A1.txt"
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path

    return write


def test_a_page_is_stored_with_its_issue_and_told_in_chinese(file):
    out, beside, status = imported(file(CLEAN), "--name", "要闻")
    assert (out, beside, status) == (SUMMED_UP + "新建草稿 1 篇。\n", "", 0)
    page = Page.objects.get()
    assert (page.label, page.name, page.issue.released_at) == ("A1", "要闻", None)
    assert [article.headline for article in page.articles.all()] == ["书画馆开馆"]
    assert bytes(RawPage.objects.get().source) == CLEAN.encode()


def test_it_runs_from_a_shell_where_the_installation_is_checked_first(file):
    call_command("import_page", str(file(CLEAN)), *PLACE, stdout=StringIO(), skip_checks=False)
    assert Article.objects.count() == 1


def test_a_bar_counts_the_articles_of_the_text(file, monkeypatch):
    bars = []
    bar_of = import_page.progress_bar
    monkeypatch.setattr(
        import_page,
        "progress_bar",
        lambda total, *, is_shown: bars.append(bar_of(total, is_shown=is_shown)) or bars[-1],
    )
    imported(file(CLEAN))
    assert [(bar.total, bar.n) for bar in bars] == [(1, 1)]


def test_imported_again_nothing_changes(file):
    imported(file(CLEAN))
    out, beside, status = imported(file(CLEAN))
    assert (out, beside, status) == (SUMMED_UP + "已有且相同 1 篇。\n", "", 0)
    assert (Article.objects.count(), RawPage.objects.count()) == (1, 1)


def test_the_sample_page_is_stored_and_has_two_things_to_look_at():
    out, beside, status = imported(SAMPLE / "page-text.txt", "--name", "要闻")
    assert out.endswith("稳扎稳打强体\n\n新建草稿 5 篇。\n")
    assert (beside, status) == ("", 0)


def test_nothing_imported_is_public(file, client):
    imported(file(CLEAN))
    article = Article.objects.get()
    for address in ("/2024-07-27/", "/2024-07-27/A1/", article.get_absolute_url()):
        assert client.get(address).status_code == 404
    assert "书画馆" not in client.get(reverse("articles:archive")).content.decode()


def test_a_trial_stores_nothing(file):
    out, beside, status = imported(file(CLEAN), "--dry-run")
    assert out == SUMMED_UP + "新建草稿 1 篇。\n这是试运行，未写入任何内容。\n"
    assert not Issue.objects.exists() and not RawPage.objects.exists()


def test_it_is_the_work_of_who_is_named(file):
    lin = make_member(username="lin")
    imported(file(CLEAN), "--by", "lin")
    assert (RawPage.objects.get().uploaded_by, Revision.objects.get().made_by) == (lin, lin)


def test_a_page_that_there_is_keeps_its_name(file):
    make_page(issue=make_issue(released_at=None), name="要闻")
    imported(file(CLEAN), "--name", "综合")
    assert Page.objects.get().name == "要闻"


def test_what_was_worked_on_since_is_something_to_look_at(file):
    imported(file(CLEAN))
    Article.objects.update(status="held")
    out, _, status = imported(file(CLEAN.replace("三百", "五百")))
    assert out.endswith("版面文字已变，但草稿已有人处理，未作改动：书画馆开馆\n") and status == 1


@pytest.mark.parametrize(
    ("words", "options", "why"),
    [
        (b"\xff\xff\xff", (), "A1.txt: 不是 UTF-8、UTF-16 或 GB18030 文本。"),
        ("\n\n", (), "A1.txt: 内容是空的。"),
        (f"A2 要闻\n\n{CLEAN}", (), "A1.txt: 文中写的是 A2 版，不是 A1 版。"),
        (CLEAN, ("--page", "头版"), "请填写 A1 或 01 这样的版次。"),
        (CLEAN, ("--name", "要" * 41), "确保该变量包含不超过 40 字符 (目前字符数 41)。"),
        (CLEAN, ("--by", "nobody"), "没有成员 nobody。"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_the_reason(file, words, options, why):
    assert refused(file(words), *options) == why


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "none.txt").startswith(f"{tmp_path / 'none.txt'} 无法打开")


def test_a_date_that_is_none_is_refused(file):
    with pytest.raises(CommandError):
        call_command("import_page", str(file(CLEAN)), "--issue", "2024-02-30", "--page", "A1")
