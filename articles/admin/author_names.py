"""The names under an article, as lists show them."""

from django.utils.translation import gettext

from articles.models import Article

MOST_NAMES = 4


def author_names(article: Article) -> str:
    """Return the names, at most four: 张可馨、林晓禾、徐帆、周一鸣等40人. Asks once for all."""
    names = list(dict.fromkeys(byline.name for byline in article.bylines.all()))
    told = "、".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return told
    return gettext("%(name)s and others, %(count)d in all") % {"name": told, "count": len(names)}
