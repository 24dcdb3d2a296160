"""About the paper: its facts and its own words."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Masthead

from .frame import Frame, reader_page, render_page

# What is not listed as a fact: the page shows it otherwise, or not at all.
OTHERS = ("id", "valid_from", "name", "about", "wordmark")


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """Show what the paper says of itself; what nobody has given is left out. One query."""
    frame = Frame.bare()
    return render_page(
        request,
        "paper/about.html",
        frame,
        canonical=reverse("articles:about"),
        facts=_facts(frame.masthead),
        paragraphs=[line for line in frame.masthead.about.splitlines() if line.strip()],
    )


def _facts(masthead: Masthead) -> list[tuple[str, str]]:
    """Return every other field of a masthead that is filled in, with its name."""
    fields = [field for field in Masthead._meta.fields if field.name not in OTHERS]
    facts = [(field.verbose_name, field.value_from_object(masthead)) for field in fields]
    return [(label, fact) for label, fact in facts if fact]
