"""What the warnings of the parser say to editors, by code."""

from django.utils.translation import gettext_lazy

WARNINGS = {
    "doubled-word": gettext_lazy("a word stands twice"),
    "doubled-characters": gettext_lazy("every character stands twice"),
    "look-alike": gettext_lazy("characters that only look like the right ones"),
    "unreadable-character": gettext_lazy("a character cannot be read"),
    "overlap": gettext_lazy("the same words end one column and begin the next"),
    "parallel-phrase": gettext_lazy("a character may be lost or added where a column ends"),
    "unbalanced-quotation": gettext_lazy("a quotation or bracket has no partner"),
    "mid-sentence": gettext_lazy("the article stops in mid-sentence"),
    "lost-tail": gettext_lazy("may be the end of an article that stops in mid-sentence"),
}
