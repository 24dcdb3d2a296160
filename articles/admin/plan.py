"""The plan of an issue: which article stands where, page by page, inside the issue's form."""

from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Page
from articles.placement import arrange, place


@dataclass(frozen=True, slots=True)
class Line:
    """One article of the plan, with its two fields where they may be changed."""

    article: Article
    position: forms.BoundField | None = None
    page: forms.BoundField | None = None

    @property
    def errors(self) -> ErrorList:
        """What is wrong with either field."""
        return self.position.errors + self.page.errors if self.position else ErrorList()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the plan with its articles in order."""

    page: Page
    lines: list[Line]


class PlanForm(forms.ModelForm):
    """An issue's own fields, and for each of its articles a page and a position.

    Both are shown with what they were when the form was opened, so that an editor who
    touched neither does not undo what another has moved in the meantime.
    """

    may_place = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        issue = self.instance
        self.sheets = list(issue.pages.in_order()) if issue.pk else []
        self.articles = _articles_of(issue) if issue.pk else []
        choices = [("", _("off the page")), *((page.pk, page.title) for page in self.sheets)]
        for article in self.articles if self.may_place else []:
            self.fields[f"position_{article.pk}"] = _position_field(article)
            self.fields[f"page_{article.pk}"] = _page_field(article, choices)

    def plan(self) -> list[Sheet]:
        """Return the pages with their articles as they stand. No query."""
        return [
            Sheet(page, [self._line(row) for row in self.articles if row.page_id == page.pk])
            for page in self.sheets
        ]

    def _line(self, article: Article) -> Line:
        if not self.may_place:
            return Line(article)
        return Line(article, self[f"position_{article.pk}"], self[f"page_{article.pk}"])

    def place_articles(self, *, by, step: str = "") -> None:
        """Carry out what was typed, and one step `up-<id>` or `down-<id>` of a button.

        Raises PlacementRefused. Nothing is written where nothing was moved.
        """
        if not self.may_place:
            return
        before = self._orders(lambda article: article.page_id, lambda article: (article.position,))
        after = self._orders(self._wanted_page, self._wanted_place)
        for order in after.values():
            _take(step, order)
        for article in after.pop(None, []):
            place(article, None, by=by)
        for page in self.sheets:
            if after.get(page.pk, []) != before.get(page.pk, []):
                arrange(page, [article.pk for article in after.get(page.pk, [])], by=by)

    def _orders(self, page_of, place_of) -> dict[int | None, list[Article]]:
        orders: dict[int | None, list[Article]] = {}
        for article in sorted(self.articles, key=place_of):
            orders.setdefault(page_of(article), []).append(article)
        return orders

    def _wanted_page(self, article: Article) -> int | None:
        moved = f"page_{article.pk}" in self.changed_data
        return self.cleaned_data[f"page_{article.pk}"] if moved else article.page_id

    def _wanted_place(self, article: Article) -> tuple[int, int, int]:
        """Order by the number typed; at one number, who moved up stands before who stayed."""
        typed = f"position_{article.pk}" in self.changed_data
        number = self.cleaned_data[f"position_{article.pk}"] if typed else article.position
        if self._wanted_page(article) != article.page_id:
            return (number, -1, 0) if typed else (len(self.articles) + 1, 0, article.position)
        direction = (number > article.position) - (number < article.position)
        return (number, direction, article.position)


def _articles_of(issue: Issue) -> list[Article]:
    articles = Article.objects.filter(page__issue=issue).in_print_order()
    return list(articles.select_related("page", "column"))


def _position_field(article: Article) -> forms.Field:
    facts = {"article": article.display_title}
    return forms.IntegerField(
        label=_("plan of the pages"),
        min_value=1,
        max_value=999,
        initial=article.position,
        show_hidden_initial=True,
        widget=forms.NumberInput(attrs={"aria-label": _("Position of “%(article)s”") % facts}),
    )


def _page_field(article: Article, choices: list) -> forms.Field:
    facts = {"article": article.display_title}
    return forms.TypedChoiceField(
        label=_("plan of the pages"),
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        initial=article.page_id,
        show_hidden_initial=True,
        widget=forms.Select(attrs={"aria-label": _("Page of “%(article)s”") % facts}),
    )


def _take(step: str, order: list[Article]) -> None:
    """Move one article of a page one place up or down, where the step is about it."""
    direction, _dash, pk = step.partition("-")
    at = next((n for n, article in enumerate(order) if str(article.pk) == pk), None)
    to = at + {"up": -1, "down": 1}.get(direction, 0) if at is not None else None
    if to is not None and 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
