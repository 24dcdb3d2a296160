"""What the article form tells of a text: what a save left out of it, and what looks odd in it.

Left out are words that are not the text, and invisible characters. Look-alikes stay until the form
is sent with REPLACE_LOOK_ALIKES, by a button beside the warning.
"""

import html
from itertools import groupby

from django import forms
from django.contrib import messages
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.content import characters, omissions, text
from articles.content.figures import empty_figures
from articles.content.sanitizer import sanitize_and_report
from articles.editing.character_messages import describe_invisible, describe_look_alikes
from articles.editing.forms import CleanTextField, OrderedFormSet
from articles.models import Article

# The editor in the browser has the same words: `BodyEditor`.
OMISSION_KINDS = {
    omissions.DELETED: _("deleted in a revision"),
    omissions.COMMENT: _("comments"),
    omissions.HIDDEN: _("hidden"),
    omissions.STRUCK: _("struck through"),
    omissions.PICTURE: _("pictures"),
}


def warn_of_omissions(request, markup: str) -> None:
    """Add a message of the words that a body as typed loses when it is stored. No query."""
    found = sorted(
        sanitize_and_report(markup).omissions,
        key=lambda each: list(OMISSION_KINDS).index(each.kind),
    )
    if not found:
        return
    number = sum(text.count(each.text) for each in found if each.kind != omissions.PICTURE)
    told = ngettext(
        "Left out of the text: %(count)d character. %(words)s",
        "Left out of the text: %(count)d characters. %(words)s",
        number,
    )
    groups = groupby(found, key=lambda each: each.kind)
    words = gettext("; ").join(
        _group_words(kind, [each.text for each in of]) for kind, of in groups
    )
    messages.warning(request, told % {"count": number, "words": words})


def _group_words(kind: str, texts: list[str]) -> str:
    words = [" ".join(each.split()) or gettext("(without a description)") for each in texts]
    return gettext("%(kind)s: %(words)s") % {
        "kind": OMISSION_KINDS[kind],
        "words": " / ".join(words),
    }


def warn_of_empty_figures(request, article: Article) -> None:
    """Add a message of the places of a saved article where nothing is printed. One query, or 0."""
    if "<figure" not in article.body:
        return
    uids = article.captions.values_list("photo__uid", flat=True)
    if number := len(empty_figures(article.body, map(str, uids))):
        told = ngettext(
            "The text has %(count)d place where no photo is printed: it is not among the pictures "
            "of the article, or stands further up already.",
            "The text has %(count)d places where no photo is printed: they are not among the "
            "pictures of the article, or stand further up already.",
            number,
        )
        messages.warning(request, told % {"count": number})


def tell_removed(request, form: forms.ModelForm, formsets: list[OrderedFormSet]) -> None:
    """Add a message of the invisible characters that a saved form held. No query."""
    rows = [row for formset in formsets for row in formset.in_order()]
    texts = _texts([form, *rows])
    if not characters.find_invisible("\n".join(text for _label, text in texts)):
        return
    found = ((label, characters.find_invisible(text)) for label, text in texts)
    lines = [f"{label}：{describe_invisible(each)}" for label, each in found if each]
    told = gettext("Characters that print nothing were taken out. %(fields)s")
    messages.warning(request, told % {"fields": "；".join(lines)})


def look_alike_lines(form: forms.ModelForm, formsets: list) -> list[str]:
    """Return a line for each field that a form shows with look-alikes in it. No query."""
    rows = [row for formset in formsets for row in formset.forms]
    texts = _texts([form, *rows])
    found = ((label, characters.find_look_alikes(text)) for label, text in texts)
    return [f"{label}：{describe_look_alikes(each)}" for label, each in found if each]


def _texts(shown: list) -> list[tuple[str, str]]:
    """Return the label of each text field of the forms, and its text as it was typed."""
    return [
        ((f"{form.instance._meta.verbose_name} " if form.prefix else "") + str(bound.label), text)
        for form in shown
        for bound in form
        if isinstance(bound.field, CleanTextField) and (text := _text(bound))
    ]


def _text(bound: forms.BoundField) -> str:
    """Return the text of a field as it was typed; tags are rows, of a body its characters."""
    value = bound.value() or ""
    return html.unescape(value) if isinstance(value, str) else " ".join(map(str, value))
