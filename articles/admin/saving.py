"""Saving the article form: what it was opened at, and what became of it (mixed into the admin)."""

from django.contrib import messages
from django.utils.translation import gettext

from articles import editing
from articles.copy import SignedName
from articles.editing import Crossed
from articles.forms import typed
from articles.models import Byline, Change
from articles.placement import PlacementRefused
from articles.workflow import MoveRefused

from .conflict import conflict_page
from .corrections import why
from .differences import TITLES
from .moves import KEPT
from .opening import OPENED, VERSION, opened, seen
from .settling import SETTLED, SETTLING, settled


class Saving:
    """Stores what the article form holds through `editing`, and shows what was in its way."""

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Show the form; where storing is refused, show what was typed again, with the reason.

        Where somebody else has changed the same meanwhile, the conflict screen asks.
        """
        if SETTLING in request.POST:
            request.POST = settled(request.POST, self.get_object(request, object_id))
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except PlacementRefused as refusal:
            request.refusal = ("page", str(refusal))
        except MoveRefused as refusal:
            request.refusal = (None, str(refusal))
        except Crossed as crossed:
            return conflict_page(request, self, object_id, crossed)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Let the form carry what it was opened at, also through errors."""
        version, facts = 0, ""
        if request.method == "POST":
            version, facts = request.POST.get(VERSION, ""), request.POST.get(OPENED, "")
        elif obj:
            version, facts = obj.version, opened(obj, _links(context["inline_admin_formsets"]))
        context |= {"version": version, "opened": facts, "is_settled": SETTLED in request.POST}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        """Store nothing yet: the words of an article are not complete without its rows."""

    def save_related(self, request, form, formsets, change):
        """Store all that the form holds, at once."""
        may = [formset for formset in formsets if self._may_type(request, formset)]
        article, held = form.instance, typed(form, may)
        if not change:
            editing.create(article, held, by=request.user)
            return
        is_settled = SETTLED in request.POST
        stored = editing.store(
            article.pk,
            held,
            seen=seen(request.POST),
            by=request.user,
            change=Change.MERGED if is_settled else Change.EDITED,
            **why(form),
        )
        _tell(request, stored)
        if is_settled and not request.POST.get("_move"):
            request.session[KEPT] = [article.pk, request.POST.get("_note", "")]
        form.instance.__dict__ |= stored.article.__dict__

    def _may_type(self, request, formset) -> bool:
        return request.user.has_perm(f"articles.change_{formset.model._meta.model_name}")


def _links(inlines) -> dict[SignedName, int | None]:
    """Return the links of the bylines that a form shows. No query: the form has loaded them."""
    shown = [each.formset for each in inlines if each.formset.model is Byline]
    return {
        SignedName(row.role, row.name): row.contributor_id
        for formset in shown
        for row in formset.get_queryset()
    }


def _tell(request, stored: editing.Stored) -> None:
    """Tell the editor what the change brought with it."""
    fields = [str(TITLES[name]) for name in stored.crossing.from_others]
    if fields:
        who = "、".join(str(other) for other in stored.crossing.others if other)
        said = gettext("Brought together with what %(who)s saved meanwhile: %(fields)s.")
        messages.info(request, said % {"who": who or "—", "fields": "、".join(fields)})
    if stored.article.status != stored.was:
        messages.warning(request, gettext("The words have changed: they must be read again."))
