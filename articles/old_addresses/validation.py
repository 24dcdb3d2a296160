"""Check an old address and where it leads, for the form of the desk and for files."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .lookup import match_of
from .patterns import LONGEST, MOST_ANY, PART, PARTS, Pattern, fill, normalize

# A part beside one of no fixed end: where the first stops could be tried in too many ways.
UNCLEAR = re.compile(r"\{(?:id|any)\}\{")
PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\s?#\x00-\x1f]*")
# No address that is asked for holds them: bytes of a parameter that are no UTF-8, and NUL.
UNASKABLE = re.compile("[\0\ufffd]")
EXAMPLE = {"year": "2019", "month": "10", "day": "12", "page": "A1", "id": "1", "any": "1"}


def clean_pattern(text: str) -> str:
    """Return an old address as it is stored; raise ValidationError where it cannot be one."""
    try:
        pattern = normalize(text)
    except ValueError as error:  # a host in brackets that is none
        raise ValidationError(_("This is no address.")) from error
    if UNASKABLE.search(pattern):
        raise ValidationError(_("This is no address."))
    if not pattern.startswith("/") or len(pattern) > LONGEST:
        raise ValidationError(
            _("An old address begins with / and has at most %(most)d characters."),
            params={"most": LONGEST},
        )
    _check_parts(pattern)
    path, _mark, query = fill(pattern, EXAMPLE).partition("?")
    if path.startswith("/admin/"):
        raise ValidationError(_("Addresses of the desk cannot be redirected."))
    if match_of(path) and not (path == "/" and query):
        raise ValidationError(_("This is an address of a page of this site, which goes first."))
    return pattern


def _check_parts(pattern: str) -> None:
    """Refuse braces that are no part, and what could not be searched quickly."""
    parts = Pattern(pattern).parts
    unknown = [part for part in parts if part not in PARTS]
    if unknown or set(PART.sub("", pattern)) & {*"{}"}:
        raise ValidationError(
            _("In braces there is one of %(parts)s."),
            params={"parts": "{" + "} {".join(PARTS) + "}"},
        )
    if parts.count("any") > MOST_ANY or UNCLEAR.search(pattern):
        raise ValidationError(
            _("{any} can stand twice at most, and not right before another part.")
        )


def clean_target(text: str, pattern: str) -> str:
    """Return the path that an old address leads to; raise ValidationError where it cannot.

    It is the path of a view of readers, so that it leads neither to another site nor on.
    """
    target = text.strip()
    if not PLAIN_PATH.fullmatch(target):
        raise ValidationError(_("This is no path of this site, such as /2019-10-12/."))
    missing = [part for part in Pattern(target).parts if part not in Pattern(pattern).parts]
    if missing or "any" in Pattern(target).parts:
        raise ValidationError(
            _("The old address has no {%(part)s} that could be put in here."),
            params={"part": (missing or ["any"])[0]},
        )
    path = fill(target, EXAMPLE)
    if Pattern(pattern).match(path) is not None:
        raise ValidationError(_("This leads to itself."))
    if match_of(path) is None:
        raise ValidationError(_("There is no page at this address."))
    return target
