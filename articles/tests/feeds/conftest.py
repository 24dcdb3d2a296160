"""A published article with everything, for the tests of what machines are given."""

import pytest

from articles.lists.entries import follow
from articles.tests import factories


@pytest.fixture
def paper():
    """A published article with everything, and what each kind of feed is asked for."""
    factories.make_masthead()
    contributor = factories.make_contributor(name="张可馨")
    article = factories.make_article(
        page=factories.make_page(),
        headline="河埠路三处口袋公园开放 <b>",
        kicker="家门口",
        dateline="本报讯",
        column=factories.make_column(),
        source="云溪发布",
        body='<p>昨天，<a href="/articles/1/">三处</a>公园开放。</p>'
        "<table><tr><td>3</td></tr></table><p>余下的年内建成。</p>",
    )
    factories.make_byline(article=article, name="张可馨", contributor=contributor)
    factories.make_byline(article=article, role="实习生", name="徐帆")
    factories.make_caption(article=article, words="开放当天 & “人”多。")
    article.tags.add("公园")
    follow([article.pk])
    return article
