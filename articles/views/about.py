"""About the paper: its facts and its own words."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models import Masthead

from .caching import reader_page
from .frame import Frame, paper

FACTS = (
    "supervisor",
    "sponsor",
    "publisher",
    "cn_number",
    "postal_code",
    "price",
    "address",
    "hotline",
    "email",
    "complaints",
    "licence",
    "icp_number",
    "police_number",
)


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """Show what the paper says of itself; what nobody has given is left out. Two queries."""
    masthead = Masthead.objects.on(timezone.localdate())
    return paper(
        request,
        "paper/about.html",
        Frame.bare(),
        canonical=reverse("articles:about"),
        facts=[(_label(name), fact) for name in FACTS if (fact := getattr(masthead, name))],
        paragraphs=[line for line in masthead.about.splitlines() if line.strip()],
    )


def _label(name: str) -> str:
    return Masthead._meta.get_field(name).verbose_name
