"""The button that duplicates an article, and who may press it."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import article_url, signed_in
from articles.tests.workflow_factories import member_who_may

pytestmark = pytest.mark.django_db


def test_a_published_article_is_duplicated_and_its_draft_opened():
    original = factories.make_article(page=factories.make_page(), headline="去年的征文启事")
    desk = signed_in(member_who_may("view_article", "add_article", "change_article"))
    address = reverse("admin:articles_article_duplicate", args=[original.pk])
    assert f'formaction="{address}"' in desk.get(article_url(original)).content.decode()
    page = desk.post(address, follow=True)
    draft = Article.objects.exclude(pk=original.pk).get()
    assert page.redirect_chain == [(article_url(draft), 302)]
    assert (draft.headline, draft.status) == ("去年的征文启事", "draft")
    assert "这是一篇新的草稿" in page.content.decode()


def test_who_may_not_write_articles_duplicates_none():
    original = factories.make_article()
    desk = signed_in(member_who_may("view_article", "change_article"))
    address = reverse("admin:articles_article_duplicate", args=[original.pk])
    assert address not in desk.get(article_url(original)).content.decode()
    assert desk.post(address).status_code == 403
    assert Article.objects.get() == original
