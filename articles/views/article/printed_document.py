"""An article alone, as readers will see it: a document for a frame of the desk."""

from django.template.loader import render_to_string

from articles.models import Article

from .article_page import ArticlePage


def printed_document(article: Article) -> str:
    """Return the HTML document of an article that is loaded `queries.with_parts`. One query.

    It holds no script. It is never answered to a reader: the article may be in any status.
    """
    page = ArticlePage.of(article, select=None)
    context = {"article_page": page, "frame": page.frame}
    return render_to_string("paper/printed.html", context)
