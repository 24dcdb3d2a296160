"""What all readers' pages share: their frame, how they are rendered and cached."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import previews, queries
from articles.models import Issue, Masthead, Page, PreviewLink
from articles.sharing.fonts import card_font
from articles.traditional.page_html import address

CACHE_CONTROL = "public, max-age=60"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page: the masthead of its day, its issue with the pages, the footer.

    `issue` is None for a page that belongs to none; the words about it are empty then.
    """

    masthead: Masthead
    name: str
    facts: tuple[str, ...] = ()
    issue: Issue | None = None
    issue_key: str = ""
    pages: Sequence[Page] = ()
    date: str = ""
    weekday: str = ""

    @classmethod
    def of(cls, issue: Issue, pages: Sequence[Page]) -> "Frame":
        """Compose the frame of an issue from its pages in order. One query: the masthead."""
        masthead = queries.masthead_on(issue.issued_on)
        return cls(
            masthead=masthead,
            name=masthead.name,
            facts=footer_facts(masthead),
            issue=issue,
            issue_key=issue.url_key,
            pages=pages,
            date=issue.title,
            weekday=issue.weekday,
        )

    @classmethod
    def bare(cls) -> "Frame":
        """Compose the frame of a page that belongs to no issue. One query: the masthead."""
        masthead = queries.masthead_on(timezone.localdate())
        return cls(masthead, masthead.name, footer_facts(masthead))


def footer_facts(masthead: Masthead) -> tuple[str, ...]:
    """Return the footer's facts of the paper; what nobody has given is left out."""
    facts = [
        (gettext("Supervised by"), masthead.supervisor),
        (gettext("Sponsored by"), masthead.sponsor),
        (gettext("Published by"), masthead.publisher),
        (gettext("CN"), masthead.cn_number),
        (gettext("Address"), masthead.address),
        (gettext("News hotline"), masthead.hotline),
        (gettext("Complaints"), masthead.complaints),
        (gettext("Internet news licence"), masthead.licence),
        ("", masthead.icp_number),
        ("", masthead.police_number),
    ]
    return tuple(f"{label} {fact}".strip() for label, fact in facts if fact)


def render_page(
    request: HttpRequest,
    template: str,
    frame: Frame,
    *,
    canonical: str,
    permanent: str = "",
    status: int = 200,
    preview: PreviewLink | None = None,
    **context,
) -> HttpResponse:
    """Render a reader's page in its frame; `canonical` is its path, `permanent` that of its paper.

    Paper names the latter where it is another one: the front page at / is another one tomorrow.
    With a preview link, the addresses in the page stay inside the preview. No context processor
    runs, so that no template can reach the session, a user or a cookie.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    context |= {"frame": frame, "origin": origin, **_scripts(request, origin, canonical)}
    context["printed_url"] = _scripts(request, origin, permanent or canonical)["canonical"]
    context["has_cards"] = card_font() is not None
    if preview:
        context |= {"preview": preview, "preview_token": previews.token(preview)}
    return HttpResponse(render_to_string(template, context), status=status)


def _scripts(request: HttpRequest, origin: str, canonical: str) -> dict:
    """Return what a template says of a page in simplified and in traditional characters.

    A view of `traditional` has marked its request; `canonical` is the path in simplified ones.
    """
    is_traditional = getattr(request, "is_traditional", False)
    simplified, hant = origin + canonical, origin + address(canonical)
    # An error has no address of its own, and must not repeat the one that was asked for.
    here = canonical or "/"
    return {
        "is_traditional": is_traditional,
        "canonical": hant if is_traditional else simplified,
        "alternates": {"zh-Hans": simplified, "zh-Hant": hant},
        "other_script": here if is_traditional else address(here),
    }


def reader_page(view):
    """Let a view answer GET and HEAD only, with a response that may be cached for a minute."""

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return answer
