"""Save the article form: with its rows at once, merged with what others saved meanwhile."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, override

from articles.admin.navigation import lead_back, return_link
from articles.admin.notes.note_views import notes_context
from articles.content.copy import BylineText, changed_fields
from articles.editing import autosave, saving
from articles.editing.byline_links import link_new_names
from articles.editing.double_posts import create_once, posted_uid
from articles.editing.draft_bin import may_discard
from articles.editing.forms import (
    EDITOR_ID,
    OPENED,
    SERIAL,
    VERSION,
    dump_base,
    editor_of,
    load_base,
    submission_of,
)
from articles.editing.placement import PlacementError
from articles.editing.saving import EditConflictError, SaveResult
from articles.models import Article, Byline, Change, Status, WorkingCopy
from articles.workflow import MoveRefusedError, transitions

from .caption_uploads import add_captions
from .conflict_page import CARRIED, TypedForm, conflict_page, typed_pairs
from .conflict_resolution import RESOLUTION, Resolution
from .differences import TITLES
from .form_parts import hide_delete_links
from .lead_in_choice import pressed_buttons
from .save_messages import look_alike_lines, tell_removed, warn_of_empty_figures, warn_of_omissions
from .saving_form import CorrectionForm
from .split_action import SPLIT, split_post
from .workflow_actions import (
    form_context,
    keep_notes,
    move_created,
    move_saved,
    new_article_context,
)

REPLACED = ("_replaces", "_replaces_serial")
# The forms saved last in a session, (editor_id, serial): a message that comes late saves nothing.
SAVED = "saved_windows"
REMEMBERED = 20


class SaveMixin:
    """Saves the article form through `editing.saving`, and shows what prevents it."""

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Show or save the form; where somebody else changed the same, show the conflict page."""
        if RESOLUTION in request.POST:
            return self._resolve_conflict(request, object_id)
        self._prepare(request)
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except EditConflictError as conflict:
            warn_of_omissions(request, request.POST.get("body", ""))
            carried = {name: request.POST[name] for name in CARRIED if name in request.POST}
            typed = TypedForm(conflict.submission, conflict.base, carried)
            pairs = typed_pairs(request.POST)
            return self._conflict_page(request, object_id or conflict.article_id, typed, pairs)

    def _prepare(self, request) -> None:
        """Add to what was posted what its files and its button for splitting the text ask for."""
        request.formsets, request.split_lines = [], []
        if request.FILES:
            request.POST = add_captions(request, self.admin_site)
        if SPLIT in request.POST:
            request.POST, request.split_lines = split_post(request.POST)

    def get_form(self, request, obj=None, **kwargs):
        """Let the form of a published article ask for the reason of a change."""
        if obj is not None and transitions.is_public(obj):
            base = kwargs.get("form", self.form)
            kwargs["form"] = type("CorrectionForm", (CorrectionForm, base), {})
        form = super().get_form(request, obj, **kwargs)
        form.save_all, form.formsets = partial(self._save, request, obj), request.formsets
        form.is_only_shown = bool(request.split_lines)
        hide_delete_links(form.base_fields)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Collect the formsets of a request: they are saved together with the article."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"siblings": request.formsets}

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Let the form carry what it was opened at and its editor id, also through errors."""
        version, base = 0, ""
        if request.method == "POST":
            version, base = request.POST.get(VERSION, ""), request.POST.get(OPENED, "")
        elif obj:
            version, base = obj.version, dump_base(obj, _links(context["inline_admin_formsets"]))
        context |= {"version": version, "opened": base, **_text_questions(request, context)}
        context["return_to"] = return_link(request, f"#article-{obj.pk}" if obj else "")
        context |= notes_context(obj)
        context["may_discard"] = obj and not obj.is_discarded and may_discard(obj, by=request.user)
        context["uid"] = "" if obj else posted_uid(request.POST)
        context["window"] = request.POST.get(EDITOR_ID, "")
        context["window_serial"] = request.POST.get(SERIAL, "")
        context |= form_context(request, obj) if obj else new_article_context(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, *args):
        """Do nothing: the form saved the article when it was validated (`SavingForm`)."""

    save_related = save_model

    def log_addition(self, request, obj, message):
        """Write no second line into the journal for a form that was posted twice."""
        if not hasattr(obj, "was_posted_before"):
            return super().log_addition(request, obj, message)
        return None

    def response_add(self, request, obj, *args, **kwargs):
        _delete_autosaved(request, request.POST)
        warn_of_omissions(request, request.POST.get("body", ""))
        warn_of_empty_figures(request, obj)
        anchor = f"#article-{obj.pk}"
        if name := request.POST.get("_move"):
            # A form that is posted twice takes its step once.
            is_moved = obj.status != Status.DRAFT or move_created(request, obj, name)
            form = HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))
            return lead_back(request, form, anchor, is_done=is_moved)
        response = super().response_add(request, obj, *args, **kwargs)
        return lead_back(request, response, anchor, is_done="_save" in request.POST)

    def response_change(self, request, obj):
        if EDITOR_ID in request.POST:
            _delete_autosaved(request, request.POST)
        warn_of_omissions(request, request.POST.get("body", ""))
        warn_of_empty_figures(request, obj)
        anchor = f"#article-{obj.pk}"
        if name := request.POST.get("_move"):
            is_moved = move_saved(request, obj, name)
            form = HttpResponseRedirect(request.get_full_path())
            return lead_back(request, form, anchor, is_done=is_moved)
        response = super().response_change(request, obj)
        return lead_back(request, response, anchor, is_done="_save" in request.POST)

    def _save(self, request, former: Article | None, form) -> None:
        allowed = [
            formset
            for formset in request.formsets
            if request.user.has_perm(f"articles.change_{formset.model._meta.model_name}")
        ]
        article, base = form.instance, load_base(request.POST)
        submission = link_new_names(submission_of(form, allowed), base)
        if former is None:
            article.uid = posted_uid(request.POST)
            if before := create_once(article, submission, by=request.user):
                article.__dict__ |= before.__dict__
                article.was_posted_before = True
            tell_removed(request, form, request.formsets)
            return
        reasons = {name: form.cleaned_data.get(name, "") for name in CorrectionForm.base_fields}
        result = saving.save(article.pk, submission, base=base, by=request.user, **reasons)
        _tell_result(request, result)
        tell_removed(request, form, request.formsets)
        article.__dict__ |= result.article.__dict__

    def _resolve_conflict(self, request, object_id):
        """Save what was decided on the conflict page, or show it again with what prevents it."""
        article = self.get_object(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        resolution, why = Resolution.of(request.POST, article), CorrectionForm(request.POST)
        typed, errors = resolution.typed, resolution.errors
        if resolution.decided is not None and why.is_valid():
            change = {"change": Change.MERGED, "by": request.user, **why.cleaned_data}
            try:
                result = saving.save(article.pk, resolution.decided, base=resolution.base, **change)
                return self._conflict_resolved(request, result, resolution)
            except EditConflictError as conflict:
                typed = TypedForm(conflict.submission, conflict.base, typed.carried)
            except (PlacementError, MoveRefusedError) as error:
                errors = [str(error)]
        for error in errors:
            messages.error(request, error)
        pairs = resolution.merge_pairs(_autosaved_pairs(request, typed))
        return self._conflict_page(request, object_id, typed, pairs)

    def _conflict_page(self, request, object_id, typed: TypedForm, pairs):
        why = CorrectionForm(request.POST)
        return conflict_page(request, self, int(object_id), typed, pairs=pairs, why=why)

    def _conflict_resolved(self, request, result: SaveResult, resolution: Resolution):
        form, article = resolution.typed.carried, result.article
        _tell_result(request, result)
        _delete_autosaved(request, form)
        keep_notes(request, article, form)
        names = changed_fields(result.merge.theirs.copy, result.merge.merged.copy)
        with override(None):
            fields = [str(TITLES[name]) for name in names]
        self.log_change(request, article, [{"changed": {"fields": fields}}] if fields else [])
        return self.response_change(request, article)


def _delete_autosaved(request, form) -> None:
    """Delete the working copies of a form that was saved, and remember that it was.

    Its own, and that of the form that was taken over into it.
    """
    saved = request.session.get(SAVED, [])
    for names in ((EDITOR_ID, SERIAL), REPLACED):
        if found := editor_of(form, names):
            editor_id, serial = found
            autosave.delete(by=request.user, editor_id=editor_id, serial=serial)
            saved = [each for each in saved if each[0] != str(editor_id)]
            saved = [*saved, [str(editor_id), serial]][-REMEMBERED:]
            request.session[SAVED] = saved


def _autosaved_pairs(request, typed: TypedForm) -> list:
    """Return the fields of the working copy of a form; none where it was discarded."""
    editor_id, _serial = editor_of(typed.carried)
    copy = WorkingCopy.objects.filter(member=request.user, editor_id=editor_id).first()
    return copy.fields if copy else []


def _text_questions(request, context) -> dict:
    """Return what the form asks and tells of its text, for its template."""
    form, shown = context["adminform"].form, context["inline_admin_formsets"]
    return {
        "split_lines": request.split_lines,
        "lead_in": _asked_lead_in(request, form),
        "pressed": pressed_buttons(request.POST),
        "look_alikes": look_alike_lines(form, [each.formset for each in shown]),
    }


def _asked_lead_in(request, form) -> str:
    """Return the lead-in that a form was not saved for; empty where there is none."""
    is_asked = request.method == "POST" and not request.split_lines
    return getattr(form, "doubled_lead_in", "") if is_asked else ""


def _links(inlines) -> dict[BylineText, int | None]:
    """Return the links of the bylines that a form shows. No query: the form has loaded them."""
    shown = [each.formset for each in inlines if each.formset.model is Byline]
    return {
        BylineText(row.role, row.name): row.contributor_id
        for formset in shown
        for row in formset.get_queryset()
    }


def _tell_result(request, result: SaveResult) -> None:
    """Add messages of what was merged, and of reviews that the change made void."""
    others = result.merge.others
    if fields := [str(TITLES[name]) for name in result.merge.from_others] if others else []:
        who = "、".join(str(other) for other in others if other)
        merged = gettext("Brought together with what %(who)s saved meanwhile: %(fields)s.")
        messages.info(request, merged % {"who": who or "—", "fields": "、".join(fields)})
    if result.article.status != result.former_status:
        messages.warning(request, gettext("The words have changed: they must be read again."))
