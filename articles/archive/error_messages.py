"""Messages of the importer's errors."""

from django.utils.translation import gettext_lazy as _

from articles.archive.format.record_errors import ErrorCode, RecordError
from articles.archive.format.records import Key
from articles.models import Issue


class ImportRefusedError(Exception):
    """An issue is refused as a whole; the text tells the operator why."""


MESSAGES = {
    ErrorCode.NOT_TEXT: _("it is not UTF-8 from byte %(at)d on"),
    ErrorCode.NOT_JSON: _("it is not JSON: %(why)s"),
    ErrorCode.NOT_OBJECT: _("it is JSON, but no object"),
    ErrorCode.UNKNOWN_FIELD: _("there is no field “%(field)s”"),
    ErrorCode.MISSING: _("it has no “%(field)s”"),
    ErrorCode.WRONG_TYPE: _("“%(field)s” cannot be a value of the type %(type)s"),
    ErrorCode.NO_DATE: _("“%(field)s” is no date such as 2019-10-01: %(value)s"),
    ErrorCode.OUT_OF_RANGE: _("“%(field)s” goes from %(least)d to %(most)d, not %(value)s"),
    ErrorCode.CHARACTER: _("“%(field)s” holds %(code)s, a character that cannot be stored"),
    ErrorCode.SEVERAL_LINES: _("“%(field)s” has more than one line"),
    ErrorCode.TOO_LONG: _("“%(field)s” has %(length)d characters, more than %(most)d"),
    ErrorCode.NO_LABEL: _("“%(field)s” is no label of a page such as 1 or A1: %(value)s"),
    ErrorCode.NO_UID: _("“%(field)s” is no UUID: %(value)s"),
    ErrorCode.NO_FILE_NAME: _("“%(field)s” is no plain name of a file: %(value)s"),
    ErrorCode.NOT_KNOWN: _("“%(field)s” cannot be %(value)s"),
    ErrorCode.OTHER_OPENING: _("the first paragraph does not open with its lead-in: %(opening)s"),
    ErrorCode.OTHER_BODY: _("“%(field)s” has other words than the paragraphs"),
    ErrorCode.NO_BODY: _("“%(field)s” is not HTML as this house stores it"),
    ErrorCode.NOT_PLACED: _("“%(field)s” stands in a line without “%(wanted)s”"),
    ErrorCode.SAME_PLACE: _("page %(page)s, order %(order)d is taken already by %(other)s"),
    ErrorCode.SAME_ARTICLE: _("the article %(uid)s stands already in %(other)s"),
    ErrorCode.DISAGREES: _("“%(field)s” is %(other)s here and %(one)s elsewhere in the issue"),
}


def describe_error(error: RecordError) -> str:
    """Return where in an archive an error is, and its message, in one line."""
    return f"{error.where}: {MESSAGES[error.code] % error.params}"


def issue_name(key: Key) -> str:
    """Return the title of an issue: 2019年10月1日."""
    return Issue(issued_on=key[0], edition=key[1]).title
