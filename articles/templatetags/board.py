"""The pages and the cards of the board, and what was found about a row, set by Jinja2."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.models import Rank, Status

register = template.Library()
# What the templates take over from the context of the board.
TAKEN_OVER = ("board", "here", "may_move", "moves", "unplaced")


@register.simple_tag(takes_context=True)
def board_pages(context) -> SafeString:
    """Return the pages of the board with their articles. No query."""
    member = context["request"].user
    may = {
        "may_write": member.has_perm("articles.add_article"),
        "may_change_pages": member.has_perm("articles.change_page"),
    }
    return _board(context, "desk/board_pages.html", **may)


@register.simple_tag(takes_context=True)
def board_unplaced(context) -> SafeString:
    """Return the cards of the articles on no page. No query."""
    return _board(context, "desk/board_unplaced.html")


@register.simple_tag(takes_context=True)
def findings_list(context, findings: Sequence, *, is_brief: bool) -> SafeString:
    """Return what was found about a row; the links lead back to the context's `here`."""
    facts = {"findings": findings, "is_brief": is_brief, "here": context.get("here")}
    return mark_safe(render_to_string("desk/findings_list.html", facts))


def _board(context, name: str, **facts) -> SafeString:
    # Each translation is looked up once, not once for each article.
    labels = {
        "statuses": {status: str(label) for status, label in Status.choices},
        "ranks": [(rank, str(label)) for rank, label in Rank.choices],
    }
    taken = {each: context.get(each) for each in TAKEN_OVER}
    return mark_safe(render_to_string(name, taken | labels | facts))
