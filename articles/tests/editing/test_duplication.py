"""Articles duplicated as new drafts."""

import pytest

from articles import revisions
from articles.editing.duplication import duplicate
from articles.models import Article, Status
from articles.tests import factories

pytestmark = pytest.mark.django_db


def test_an_article_of_a_past_issue_becomes_a_draft_with_all_its_words():
    chief = factories.make_chief()
    original = factories.make_article(
        page=factories.make_page(), rank=1, genre="feature", source="云溪融媒"
    )
    contributor = factories.make_contributor(name="林晓禾")
    factories.make_byline(article=original, name="林晓禾", contributor=contributor)
    factories.make_caption(article=original, photo=factories.make_photo(), words="新窗口。")
    original.tags.add("民生")
    before = Article.objects.values().get()
    article = duplicate(original, by=chief)
    assert revisions.read(article) == revisions.read(original)
    assert article.bylines.get().contributor == contributor
    assert (article.genre, article.source) == ("feature", "云溪融媒")
    assert (article.page, article.position, article.rank) == (None, None, None)
    assert (article.status, article.version) == (Status.DRAFT, 1)
    assert article.revisions.get().made_by == chief
    assert Article.objects.values().get(pk=original.pk) == before
