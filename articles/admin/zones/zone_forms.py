"""The form of the zones of a page: a row of numbers for each, which a script draws."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.facsimiles.polygons import corners_text, is_polygon
from articles.models import AfterWithdrawal, Article, Facsimile

CORNER = re.compile(r"\s*(\d{1,4})\s*[,，]\s*(\d{1,4})\s*")
MOST_ZONES = 200


class CornersField(forms.CharField):
    """A polygon, typed as its corners."""

    def clean(self, value):
        """Return the corners as numbers, or nothing. Raises ValidationError."""
        typed = super().clean(value).strip()
        found = [[int(x), int(y)] for x, y in CORNER.findall(typed)]
        if typed and (CORNER.sub("", typed).strip() or not is_polygon(found)):
            raise ValidationError(
                _("Write at least three corners as x,y in ‰ of the page: 50,80 450,80 450,700.")
            )
        return found


class ZoneForm(forms.Form):
    """One zone: its corners and the article that it opens."""

    article = forms.ModelChoiceField(
        Article.objects.none(), label=_("article"), required=False, empty_label=_("nobody's yet")
    )
    corners = CornersField(
        label=_("corners"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "corners", "autocomplete": "off"}),
    )

    def __init__(self, *args, articles, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["article"]
        field.queryset = articles
        field.choices = [("", field.empty_label), *((a.pk, a.display_title) for a in articles)]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class PageForm(forms.Form):
    """What the zones of a page have in common."""

    after_withdrawal = forms.ChoiceField(
        label=_("after a withdrawal"), choices=AfterWithdrawal.choices
    )


class BaseZoneFormSet(forms.BaseFormSet):
    """The zones of a page."""

    def get_deletion_widget(self):
        """Return a tick box with a name: Django gives it no label in a table."""
        return forms.CheckboxInput(attrs={"aria-label": _("Delete")})


ZoneFormSet = forms.formset_factory(
    ZoneForm, BaseZoneFormSet, extra=2, can_delete=True, max_num=MOST_ZONES, validate_max=True
)


def articles_of(row: Facsimile):
    """Select the articles that the zones of a page may open."""
    wanted = Q(page=row.page) | Q(zones__facsimile=row) | Q(raw_page__page=row.page)
    return Article.objects.filter(wanted).distinct().order_by("page", "position", "pk")


def initial_zones(row: Facsimile) -> list[dict]:
    """Return the zones of a page as the form shows them. One query."""
    return [
        {"article": zone.article_id, "corners": corners_text(zone.polygon)}
        for zone in row.zones.order_by("order")
    ]


def typed_zones(formset) -> list[tuple[int | None, list[list[int]]]]:
    """Return the zones of a valid formset: the id of the article, and the polygon."""
    kept = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
    return [
        (data["article"].pk if data["article"] else None, data["corners"])
        for data in kept
        if data.get("corners")
    ]
