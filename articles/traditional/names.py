"""The names that stay as printed on a page in traditional characters."""

import re
from collections.abc import Iterator

from articles.models import Byline, Caption, Contributor, Page, ProtectedName

from .printed_names import printed_names

ARTICLE = re.compile(r"/articles/([0-9]{1,18})/")
CONTRIBUTOR = re.compile(r"/contributors/([0-9]{1,18})/")
# What stands between the names of a credit, and is no name.
BETWEEN = re.compile(
    r"[\s、，,；;：:/／（）()]+|摄影报道|摄影|摄|供图|制图|文图|文|图|绘|通讯员|记者|本报|报道"
)
# Names from this length on are names within other words too; contributors' on every page.
LONG = 3


def protected_names(html: str) -> tuple[dict[str, str], set[str]]:
    """Return the names of a page, each with how it is written in traditional characters.

    Also those that are only names where they stand alone: short ones that the desk does not list.

    The names of those who signed the articles that a page shows or links, who took their photos
    and made their pages; those printed in its text as names; contributors', from three characters
    on everywhere; and the desk's own list, which may also say how a name is written. Five queries.
    """
    articles = {int(found) for found in ARTICLE.findall(html)}
    people = {int(found) for found in CONTRIBUTOR.findall(html)}
    names = {name: name for name in (*_of_articles(articles), *_of_contributors(people)) if name}
    names |= {name: name for name in printed_names(html)}
    rows = ProtectedName.objects.values_list("name", "traditional")
    listed = {name: traditional or name for name, traditional in rows}
    return names | listed, {name for name in names if len(name) < LONG} - set(listed)


def _of_articles(ids: set[int]) -> Iterator[str]:
    yield from Byline.objects.filter(article__in=ids).values_list("name", flat=True)
    captions = Caption.objects.filter(article__in=ids).order_by()
    for credits in captions.values_list("credit", "photo__credit"):
        for credit in credits:
            yield from BETWEEN.split(credit)
    pages = Page.objects.filter(articles__in=ids).order_by().distinct()
    for people in pages.values_list("editor", "designer", "proofreader"):
        for line in people:
            yield from BETWEEN.split(line)


def _of_contributors(ids: set[int]) -> Iterator[str]:
    for pk, name, is_organisation in Contributor.objects.values_list(
        "pk", "name", "is_organisation"
    ):
        if pk in ids or (len(name) >= LONG and not is_organisation):
            yield name
