"""Why an issue of an archive is not stored, in words."""

from django.utils.translation import gettext_lazy as _

from articles.archived.clippings import Key
from articles.archived.faults import ClippingError, Kind
from articles.models import Issue


class FilingRefused(Exception):  # noqa: N818 (it reads as what happened)
    """An issue is not stored, nothing of it; its text tells the operator why."""


TOLD = {
    Kind.NOT_TEXT: _("it is not UTF-8 from byte %(at)d on"),
    Kind.NOT_JSON: _("it is not JSON: %(why)s"),
    Kind.NOT_OBJECT: _("it is JSON, but no object"),
    Kind.UNKNOWN_FIELD: _("there is no field “%(field)s”"),
    Kind.MISSING: _("it has no “%(field)s”"),
    Kind.WRONG_TYPE: _("“%(field)s” cannot be a value of the type %(type)s"),
    Kind.NO_DATE: _("“%(field)s” is no date such as 2019-10-01: %(value)s"),
    Kind.OUT_OF_RANGE: _("“%(field)s” goes from %(least)d to %(most)d, not %(value)s"),
    Kind.CHARACTER: _("“%(field)s” holds %(code)s, a character that cannot be stored"),
    Kind.SEVERAL_LINES: _("“%(field)s” has more than one line"),
    Kind.TOO_LONG: _("“%(field)s” has %(length)d characters, more than %(most)d"),
    Kind.NO_LABEL: _("“%(field)s” is no label of a page such as 1 or A1: %(value)s"),
    Kind.NO_UID: _("“%(field)s” is no UUID: %(value)s"),
    Kind.NO_FILE_NAME: _("“%(field)s” is no plain name of a file: %(value)s"),
    Kind.NOT_KNOWN: _("“%(field)s” cannot be %(value)s"),
    Kind.OTHER_OPENING: _("the first paragraph does not open with its lead-in: %(opening)s"),
    Kind.OTHER_BODY: _("“%(field)s” has other words than the paragraphs"),
    Kind.NO_BODY: _("“%(field)s” is not HTML as this house stores it"),
    Kind.NOT_PLACED: _("“%(field)s” stands in a line without “%(wanted)s”"),
    Kind.SAME_PLACE: _("page %(page)s, order %(order)d is taken already by %(other)s"),
    Kind.SAME_ARTICLE: _("the article %(uid)s stands already in %(other)s"),
    Kind.DISAGREES: _("“%(field)s” is %(other)s here and %(one)s elsewhere in the issue"),
}  # fmt: skip


def told(fault: ClippingError) -> str:
    """Say in one line what is wrong with a line of an archive, and where."""
    return f"{fault.where}: {TOLD[fault.kind] % fault.facts}"


def named(key: Key) -> str:
    """Name an issue: 2019年10月1日."""
    return Issue(issued_on=key[0], edition=key[1]).title
