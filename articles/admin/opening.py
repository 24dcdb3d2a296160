"""What an article form showed when it was opened: written into it, and read from what it posts."""

import json

from django.http import QueryDict

from articles import editing
from articles.copy import SignedName
from articles.editing import Seen
from articles.models import Article
from articles.revisions import Links, linked

# The hidden fields of the form (`_opened.html`).
VERSION, OPENED = "_version", "_opened"
LONGEST_NUMBER = 9


def opened(article: Article, links: Links | None = None) -> str:
    """Return what a form shows besides the words. One query where the links are not given."""
    links = linked(article) if links is None else links
    rows = [[signed.role, signed.name, contributor] for signed, contributor in links.items()]
    return json.dumps(editing.facts_of(article) | {"links": rows}, ensure_ascii=False)


def seen(post: QueryDict) -> Seen:
    """Return what a form was opened at; what it does not say, or says nonsense of, is None."""
    facts, links = stated(post.get(OPENED, ""))
    return Seen(number(post.get(VERSION, "")), facts, links)


def number(typed: str) -> int | None:
    """Return the number of a revision; None for anything that cannot be one."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else None


def stated(line: str) -> tuple[dict | None, Links]:
    """Read what `opened` wrote: the facts and the links; None and no links for nonsense."""
    try:
        facts = json.loads(line)
        links = {SignedName(role, name): key for role, name, key in facts.pop("links")}
        hash((*facts.values(), *links.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, {}
    return facts, links
