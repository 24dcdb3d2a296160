"""Lists of published articles under one thing: a column, a contributor, a tag."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles import body, excerpt, text, typeset
from articles.models import Article

A_LIST = 30
# 字 of the opening that a list shows.
OPENING = 80
# A title of more 字 than this is not set vertically.
VERTICAL = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One article in a list."""

    url: str
    headline: SafeString
    issued_on: date
    day: str
    page: str
    genre: str
    length: int
    opening: str

    @classmethod
    def of(cls, article: Article) -> "Hit":
        """Build it; the page, its issue and the column must be loaded."""
        paragraphs = body.paragraphs(article.body)
        issued_on = article.page.issue.issued_on
        return cls(
            url=article.get_absolute_url(),
            headline=mark_safe(typeset.listed(article.display_title)),  # noqa: S308 (escaped there)
            issued_on=issued_on,
            day=date_format(issued_on, gettext("F j")),
            page=article.page.title,
            genre=article.get_genre_display(),
            length=text.count("".join(paragraphs)),
            opening="".join(excerpt.excerpt(paragraphs, OPENING)),
        )

    @property
    def month(self) -> str:
        """2024年7月."""
        return date_format(self.issued_on, "YEAR_MONTH_FORMAT")


@dataclass(frozen=True, slots=True)
class Gathered:
    """One list of articles, newest first, cut into months, with the lists before and after."""

    number: int
    hits: list[Hit]
    has_next: bool

    @classmethod
    def of(cls, articles: Iterable[Article], request: HttpRequest) -> "Gathered":
        """Return the list that `?page=` asks for. One query. Raises Http404 past the last one."""
        rows = articles.newest_first().select_related("page__issue", "column")
        return cls.listing(rows, Hit.of, request)

    @classmethod
    def listing(cls, rows, build, request: HttpRequest) -> "Gathered":
        """Return the list of some rows that `?page=` asks for, each made a hit by `build`.

        A hit is anything that has a `month`. One query. Raises Http404 past the last list.
        """
        number = asked(request)
        start = (number - 1) * A_LIST
        found = list(rows[start : start + A_LIST + 1])
        if number > 1 and not found:
            raise Http404
        return cls(number, [build(row) for row in found[:A_LIST]], len(found) > A_LIST)

    @property
    def months(self) -> list[tuple[str, list[Hit]]]:
        """The articles by month, each month with its name."""
        return [(name, list(hits)) for name, hits in groupby(self.hits, lambda hit: hit.month)]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The addresses of the newer and the older list, as far as there are any."""
        newer = [("prev", f"?page={self.number - 1}" if self.number > 2 else "?")]
        older = [("next", f"?page={self.number + 1}")]
        return (newer if self.number > 1 else []) + (older if self.has_next else [])

    @property
    def query(self) -> str:
        """What the list's address adds to that of the first."""
        return f"?page={self.number}" if self.number > 1 else ""


def asked(request: HttpRequest) -> int:
    """Return the number in `?page=`, 1 without one. Raises Http404 for anything but a number."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6 and int(number)):
        raise Http404
    return int(number)


def is_vertical(title: str) -> bool:
    """Tell whether a title may be set vertically."""
    return text.count(title) <= VERTICAL
