"""Explanations of the parser's decisions about lines, in words for the editors.

A decision names its strongest features, such as `prev-end=pause`; here are their texts. Features
without a text (those of single characters) are left out.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .parse.types import Decision

# The beginning of a feature's name → its text. The longest beginning counts.
TEXTS = {
    "by-hand": gettext_lazy("corrected by hand"),
    "not-a-page": gettext_lazy("too long for a page"),
    "first": gettext_lazy("the first line of the page"),
    "last": gettext_lazy("the last line of the page"),
    "gap": gettext_lazy("more white above it"),
    "lead": gettext_lazy("opens with a dateline"),
    "lead-in": gettext_lazy("a dateline with names"),
    "lead-run": gettext_lazy("a dateline follows"),
    "next-lead": gettext_lazy("a dateline follows"),
    "run=": gettext_lazy("short lines stand on each other"),
    "run-end": gettext_lazy("short lines stand on each other"),
    "stacked-heads": gettext_lazy("headings stand on each other"),
    "len": gettext_lazy("its length"),
    "short-commas": gettext_lazy("short, and its commas"),
    "commas": gettext_lazy("its commas"),
    "has-space": gettext_lazy("a space in it"),
    "end=stop": gettext_lazy("ends with a full stop"),
    "end=none": gettext_lazy("ends without a mark"),
    "end=pause": gettext_lazy("ends with a comma"),
    "end=colon": gettext_lazy("ends with a colon"),
    "end-next": gettext_lazy("how it ends and what follows"),
    "len-end": gettext_lazy("its length and how it ends"),
    "inner-stop": gettext_lazy("holds whole sentences"),
    "left-open": gettext_lazy("a quotation or bracket stays open"),
    "carried": gettext_lazy("a quotation or bracket above is still open"),
    "closes-unopened": gettext_lazy("closes what was opened above"),
    "starts-dash": gettext_lazy("begins with a dash"),
    "starts-quote": gettext_lazy("begins with a quotation"),
    "starts-particle": gettext_lazy("begins as no sentence does"),
    "opens-with-time": gettext_lazy("opens with a time, as reports do"),
    "next-opens": gettext_lazy("how the next line opens"),
    "next-first": gettext_lazy("the next line begins with a fragment"),
    "tail-next": gettext_lazy("the next line begins with a fragment"),
    "prev-end=pause": gettext_lazy("the line above ends with a comma"),
    "prev-end=none": gettext_lazy("the line above ends without a mark"),
    "prev-end=stop": gettext_lazy("the line above ends its sentence"),
    "prev-len": gettext_lazy("the length of the line above"),
    "next-len": gettext_lazy("the length of the next line"),
    "seam-above=word": gettext_lazy("makes a word with the line above"),
    "seam-above=no-word": gettext_lazy("makes no word with the line above"),
    "seam-below=word": gettext_lazy("makes a word with the next line"),
    "echo-below": gettext_lazy("the text below begins with the same words"),
    "cohesion": gettext_lazy("shares words with the text around"),
    "over-": gettext_lazy("compared with the line below"),
    "under-": gettext_lazy("compared with the line above"),
    "sister": gettext_lazy("lines of one form"),
    "parallel": gettext_lazy("lines of one form"),
    "indented": gettext_lazy("indented"),
    "numbered": gettext_lazy("numbered"),
    "quoted": gettext_lazy("all of it quoted"),
    "verb": gettext_lazy("whether it has a verb"),
    "known-column": gettext_lazy("a column of this paper"),
    "column-words": gettext_lazy("words of a standing column"),
    "column-suffix": gettext_lazy("words of a standing column"),
    "column-over-photo": gettext_lazy("stands over a photo story"),
    "credit": gettext_lazy("names and a photo credit"),
    "byline": gettext_lazy("roles and names"),
    "caption": gettext_lazy("opens as captions do"),
    "note": gettext_lazy("opens as editors' notes do"),
    "jump": gettext_lazy("names another page"),
    "source": gettext_lazy("a source in brackets"),
    "signature": gettext_lazy("the signature of a notice"),
    "verse": gettext_lazy("short lines under a name"),
    "date-line": gettext_lazy("the date of the paper"),
    "page-label": gettext_lazy("the label of the page"),
    "editors-line": gettext_lazy("the editors of the page"),
    "imprint": gettext_lazy("the imprint of the paper"),
    "print-largest": gettext_lazy("the largest type over its columns"),
    "print-by-headline": gettext_lazy("smaller type beside the headline"),
    "print-heads-alike": gettext_lazy("two headings in the same size"),
    "print-subhead": gettext_lazy("bolder than the copy around it"),
    "print-indent": gettext_lazy("how its lines are indented"),
    "print-column": gettext_lazy("goes on in the next column"),
    "print-table": gettext_lazy("a row of a ruled table"),
    "print-alone": gettext_lazy("no heading over its column was found"),
    "print-under-picture": gettext_lazy("stands under a picture"),
    "print-edge": gettext_lazy("stands at the edge of the page"),
    "above=": gettext_lazy("what stands above it"),
    "below=": gettext_lazy("what stands below it"),
}


def explain(decision: Decision) -> str:
    """Return in words why a line was classified so: 版面首行、以逗号结尾."""
    keys = filter(None, map(_key, decision.reason.split()))
    return "、".join(dict.fromkeys(str(TEXTS[key]) for key in keys)) or _("its wording")


def _key(feature: str) -> str:
    """Return the longest beginning of a feature's name that has a text; else nothing."""
    return max((key for key in TEXTS if feature.startswith(key)), key=len, default="")
