"""What waits for a member, and the text that says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.models import Article, Member
from articles.workflow.queues import returned_to, waiting_for

# How many articles of a queue are looked at, and how many a message names: a group robot of WeCom
# takes 2,048 bytes.
LOOKED_AT, NAMED, LONGEST_TITLE = 500, 12, 30
OPENING = 400  # The length of body that names an article without a headline.


@dataclass(frozen=True, slots=True)
class Waiting:
    """One article in one queue; the key changes when it comes into the queue again."""

    key: str
    is_returned: bool
    title: str
    status: str


def waiting_articles(member: Member) -> list[Waiting]:
    """Return what waits for a member's review and what was returned to them, the latest first.

    Nothing without permission to see articles. Two queries, and those of the permissions.
    """
    if not member.has_perm("articles.view_article"):
        return []
    found = [_waiting(row, is_returned=False) for row in _latest(waiting_for(member))]
    return found + [_waiting(row, is_returned=True) for row in _latest(returned_to(member))]


def message_text(member: Member, news: list[Waiting], *, is_first: bool) -> str:
    """Return a message in plain text: who is meant, which articles, and where they are.

    It has the word 稿件, by which a robot of DingTalk can be told to take it.
    """
    lines = [gettext("Notice of articles (%(name)s)") % {"name": member}]
    if is_first:
        lines.append(gettext("Notices are turned on."))
    reviews = [each for each in news if not each.is_returned]
    returned = [each for each in news if each.is_returned]
    lines += _named(gettext("Wait for your review: %(number)d"), reviews)
    lines += _named(gettext("Returned to you: %(number)d"), returned)
    return "\n".join([*lines, *_desk_address()])


def _latest(articles: QuerySet[Article]) -> Iterable[Article]:
    rows = articles.select_related("column").defer("body")
    return rows.annotate(opening=Left("body", OPENING)).order_by("-since", "-pk")[:LOOKED_AT]


def _waiting(article: Article, *, is_returned: bool) -> Waiting:
    article.body = article.opening
    queue = "returned" if is_returned else "waiting"
    key = f"{queue}:{article.pk}:{article.since.isoformat()}"
    title = Truncator(article.display_title).chars(LONGEST_TITLE)
    return Waiting(key, is_returned, title, str(article.get_status_display()))


def _named(heading: str, articles: list[Waiting]) -> list[str]:
    if not articles:
        return []
    most = NAMED // 2
    lines = [f"· {each.title}（{each.status}）" for each in articles[:most]]
    more = len(articles) - len(lines)
    rest = [gettext("and %(number)d more") % {"number": more}] if more else []
    return [heading % {"number": len(articles)}, *lines, *rest]


def _desk_address() -> list[str]:
    """Return the address of the desk, where the settings know the site's."""
    origins = settings.CSRF_TRUSTED_ORIGINS[:1]
    return [f"{origin}{reverse('admin:index')}" for origin in origins if "*" not in origin]
