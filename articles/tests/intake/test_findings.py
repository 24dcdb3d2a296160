"""The doubtful spots of a page, kept with the articles that are made of it."""

import pytest

from articles.intake import raw_pages
from articles.intake.persistence import save_drafts
from articles.models import Article, Finding
from articles.tests.factories import make_issue, make_member, make_page
from articles.tests.intake_cases import EXPECTED, PAGE
from articles.tests.query_cost import LEDGER, NEW_ENTRY
from articles.tests.workflow_factories import rewritten
from articles.workflow.dismissal import dismiss

pytestmark = pytest.mark.django_db
TWICE = "夜市开张\n\n本报讯（记者 李若溪）昨晚，夜市贯彻贯彻开张，摊主们忙到半夜。\n"


@pytest.fixture
def page():
    return make_page(issue=make_issue(released_at=None), name="")


def stored(page, text):
    return save_drafts(raw_pages.import_text(page, text.encode(), by=None), by=None)


def kept() -> list[tuple[str, str]]:
    return list(Finding.objects.values_list("kind", "excerpt"))


def test_the_text_of_the_sample_page_carries_its_two_findings(page):
    articles = stored(page, PAGE).created
    assert kept() == [(each["code"], each["text"]) for each in EXPECTED["warnings"]]
    (article,) = {finding.article for finding in Finding.objects.all()}
    assert article in articles
    findings = article.findings.all()
    assert [str(finding) for finding in findings] == [
        "词语重复：贯彻贯彻",
        "栏尾可能丢字或多字：稳扎稳打强体",
    ]
    assert all(finding.is_open_in(article) for finding in findings)


def test_storing_a_page_once_more_adds_nothing_and_keeps_what_was_dismissed(page):
    stored(page, TWICE)
    dismiss(Finding.objects.get(), by=editor(), reason="原文如此")
    stored(page, TWICE)
    (finding,) = Finding.objects.all()
    assert finding.reason == "原文如此"


def test_a_corrected_page_takes_its_open_findings_away(page):
    stored(page, TWICE)
    outcome = stored(page, TWICE.replace("贯彻贯彻", "贯彻"))
    assert outcome.updated and kept() == []


def test_an_article_that_somebody_works_on_keeps_its_findings(page):
    (article,) = stored(page, TWICE).created
    rewritten(article, by=make_member(username="lin"), headline="夜市昨晚开张")
    stored(page, TWICE.replace("贯彻贯彻", "贯彻"))
    assert kept() == [("doubled-word", "贯彻贯彻")]


def test_a_doubled_word_that_is_mended_is_no_finding_any_more(page):
    (article,) = stored(page, TWICE).created
    (finding,) = article.findings.all()
    assert finding.is_open_in(article)
    article.body = article.body.replace("贯彻贯彻", "<strong>贯彻</strong>贯彻")
    assert finding.is_open_in(article)
    article.body = article.body.replace("<strong>贯彻</strong>贯彻", "贯彻")
    assert not finding.is_open_in(article)


def editor():
    return make_member(username="chen", is_superuser=True)


@pytest.mark.parametrize("count", [1, 10])
def test_findings_take_two_queries_however_many(page, count, django_assert_num_queries):
    text = "\n".join(TWICE.replace("夜市", f"第{n}届夜市") for n in range(1, count + 1))
    raw = raw_pages.import_text(page, text.encode(), by=None)
    with django_assert_num_queries(9 + (4 + NEW_ENTRY) * count + LEDGER):
        save_drafts(raw, by=None)
    assert Finding.objects.count() == Article.objects.count() == count
