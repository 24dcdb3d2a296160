"""版 (page): one printed page."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .issue import Issue

LABEL = r"[A-Z]{0,3}[0-9]{1,3}"


def natural_order(label: str = "label") -> list:
    """Return an ordering that sorts page labels naturally: A2 before A10.

    `label` is the path to the field, such as `page__label`.
    """
    section = Func(F(label), Value("0123456789"), function="RTRIM", output_field=models.CharField())
    return [section.asc(), Length(label).asc(), F(label).asc()]


def unpadded(label: str) -> str:
    """Return a label without leading zeros in its number: A01 becomes A1."""
    section = label.rstrip("0123456789")
    return section + label[len(section) :].lstrip("0")


class PageQuerySet(models.QuerySet):
    """Selects pages."""

    def get_by_natural_key(self, issued_on, edition, label):
        """Return the page with a label in the issue of a date (ISO) and edition."""
        return self.get(issue__issued_on=issued_on, issue__edition=edition, label=label)

    def in_order(self):
        """Order the pages of an issue naturally: A2 before A10."""
        return self.order_by(*natural_order())


class Page(models.Model):
    """One printed page of an issue, with the people responsible for it."""

    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, related_name="pages", verbose_name=_("issue")
    )
    label = models.CharField(
        _("label"),
        max_length=6,
        validators=[RegexValidator(rf"^{LABEL}\Z", _("Write a label such as A1 or 01."))],
        help_text=_("As printed: A1, A2 … or 01, 02 …"),
    )
    name = models.CharField(_("name"), max_length=40, blank=True, help_text=_("要闻, 民生 …"))
    editor = models.CharField(_("responsible editor"), max_length=60, blank=True)
    designer = models.CharField(_("layout"), max_length=60, blank=True)
    proofreader = models.CharField(_("proofreader"), max_length=60, blank=True)

    planned = models.PositiveSmallIntegerField(
        _("planned articles"),
        default=0,
        help_text=_("How many the page shall hold; the board shows those still missing."),
    )
    planned_length = models.PositiveIntegerField(
        _("planned length"),
        null=True,
        blank=True,
        help_text=_("How many characters the page shall hold; the board counts against it."),
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["-issue__issued_on", "-issue__edition", *natural_order()]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "label"],
                name="one_page_a_label",
                violation_error_message=_("The issue already has a page with this label."),
            )
        ]

    def __str__(self):
        return f"{self.issue} {self.title}"

    def natural_key(self):
        return (*self.issue.natural_key(), self.label)

    natural_key.dependencies = ["articles.issue"]

    def get_absolute_url(self):
        return reverse("articles:page", args=[self.issue.url_key, self.label])

    @property
    def title(self) -> str:
        """The label and the name, if any: A1 要闻."""
        return f"{self.label} {self.name}".rstrip()
