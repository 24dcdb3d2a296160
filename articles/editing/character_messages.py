"""Messages about invisible characters that were taken out, and about look-alikes."""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.content import characters

# The names of the kinds in characters.INVISIBLE_KINDS.
INVISIBLE_NAMES = {
    "control": gettext_lazy("control character"),
    "soft-hyphen": gettext_lazy("soft hyphen"),
    "zero-width": gettext_lazy("zero-width character"),
    "direction": gettext_lazy("direction mark"),
    "variation-selector": gettext_lazy("variation selector"),
    "placeholder": gettext_lazy("placeholder of an object"),
    "tag": gettext_lazy("hidden tag character"),
}


def describe_invisible(found: Mapping[str, int]) -> str:
    """Return which invisible characters there are, and how many of each."""
    return "、".join(
        _("%(kind)s %(code)s × %(n)d")
        % {
            "kind": INVISIBLE_NAMES[characters.invisible_kind(character)],
            "code": characters.code(character),
            "n": number,
        }
        for character, number in found.items()
    )


def describe_look_alikes(found: Counter[str]) -> str:
    """Return which look-alikes there are, what each should be, and how many there are."""
    return "、".join(
        _("%(wrong)s (%(code)s) for %(right)s × %(n)d")
        % {
            "wrong": character,
            "code": characters.code(character),
            "right": characters.LOOK_ALIKES[character],
            "n": number,
        }
        for character, number in found.items()
    )
