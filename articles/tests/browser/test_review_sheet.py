"""The review sheet in a browser: an ordinary article is printed on one page."""

import re

import pytest
from django.urls import reverse

from articles.tests.browser_sessions import PASSWORD
from articles.tests.factories import SENTENCE, make_byline, make_caption, make_chief
from articles.tests.workflow_factories import member_who_may, through, written

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_an_article_of_a_thousand_characters_is_printed_on_one_page(tab, live_server):
    chief, people = make_chief(name="总编"), [member_who_may() for _ in range(4)]
    words = [SENTENCE * 3] * 10
    article = written(by=people[0], kicker="引题", deck="副题", dateline="本报讯", paragraphs=words)
    assert 900 < article.length < 1_200
    make_byline(article=article)
    make_caption(article=article)
    through(article, ("submit", people[0]), ("return", people[1]), ("submit", people[0]))
    through(article, *zip(("pass_first", "pass_second", "sign"), people[1:], strict=True))
    sheet = reverse("admin:articles_review_sheet", args=[article.pk])
    tab.goto(f"{live_server.url}/admin/login/?next={sheet}")
    tab.fill("#id_username", chief.username)
    tab.fill("#id_password", PASSWORD)
    tab.press("#id_password", "Enter")
    tab.wait_for_selector(".review-sheet")
    printed = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
