"""The notes of an article: a page that lists them, and the panel of the article form.

Every button of the panel belongs to one form and says in `do` what it does: `add`, `answer:7`,
`done:7`, `open:7`. The answer to note 7 is the field `answer-7`.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.content.text import parse_id
from articles.editing import notes
from articles.models import Article, Note

from .note_forms import AnswerForm, NoteForm

PANEL = "admin/articles/article/_notes.html"


def note_urls(model_admin) -> list[URLPattern]:
    """Return the URL of the notes of an article."""
    view = require_http_methods(["GET", "POST"])(partial(notes_view, model_admin))
    view = model_admin.admin_site.admin_view(view)
    return [path("<int:pk>/notes/", view, name="articles_article_notes")]


def notes_context(article: Article | None, form: NoteForm | None = None) -> dict:
    """Return what the panel needs; nothing for a new article. Two queries at most."""
    if article is None:
        return {}
    threads = notes.threads_of(article)
    is_open = [thread for thread in threads if thread.note.done_at is None]
    return {"threads": threads, "open_notes": len(is_open), "note_form": form or NoteForm()}


def notes_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the notes of an article; a POST adds one, answers one, marks one as done or open.

    A script that says `X-Requested-With` gets the panel alone.
    """
    article = get_object_or_404(Article.objects.select_related("column"), pk=pk)
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    form = None
    if request.method == "POST":
        form = _handle(request, article)
        if isinstance(form, HttpResponse):
            return form
    is_panel = "X-Requested-With" in request.headers
    if form is None and request.method == "POST" and not is_panel:
        return HttpResponseRedirect(reverse("admin:articles_article_notes", args=[pk]))
    context = {"original": article, "error": _error(form)}
    context |= notes_context(article, _refused_note(form))
    if is_panel:
        return render(request, PANEL, context)
    context |= model_admin.admin_site.each_context(request)
    context |= {"title": _("Notes"), "opts": Article._meta, "article": article}
    return TemplateResponse(request, "admin/articles/article/notes.html", context)


def _handle(request, article: Article) -> Form | HttpResponse | None:
    """Do what the button says; return the form that was refused, or None."""
    action, _colon, number = request.POST.get("do", "").partition(":")
    if action == "add":
        return _add(request, article)
    if action not in ("answer", "done", "open"):
        return HttpResponseBadRequest()
    note = get_object_or_404(Note, pk=parse_id(number), article=article)
    if action == "answer":
        return _answer(request, note)
    notes.set_done(note, by=request.user, is_done=action == "done")
    return None


def _add(request, article: Article) -> NoteForm | None:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return form
    data = form.cleaned_data
    notes.add_note(article, data["note_text"], by=request.user, passage=data["note_passage"])
    return None


def _answer(request, note: Note) -> AnswerForm | None:
    form = AnswerForm({"text": request.POST.get(f"answer-{note.pk}", "")})
    if not form.is_valid():
        return form
    notes.answer_note(note, form.cleaned_data["text"], by=request.user)
    return None


def _refused_note(form: Form | None) -> NoteForm | None:
    return form if isinstance(form, NoteForm) else None


def _error(form: Form | None) -> str:
    """Return why something was refused; empty where nothing was."""
    return next(iter(form.errors.values()))[0] if form else ""
