"""An article as its line of the archive, with what is public of it alone."""

from dataclasses import replace

from django.db.models import QuerySet

from articles.archive import exporter
from articles.archive.format import fields
from articles.archive.format.records import ContributorName, PageRecord, PhotoRecord, Record
from articles.archive.format.writer import format_record
from articles.models import Article

# The fields that readers see; all others of an archive are the desk's own.
PAGE = frozenset(["name", "editor", "designer", "proofreader"])
PHOTO = frozenset(["alt", "credit", "generated", "contributor"])


def with_record(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Load articles with all that their lines hold. Five queries."""
    return exporter.with_all_parts(articles).select_related("column", "page__issue")


def archive_line(article: Article) -> str:
    """Return the line of an article that `with_record` has loaded, without its end. No query."""
    return format_record(public(exporter.article_record(article, article.page.issue, article.page)))


def public(record: Record) -> Record:
    """Return a record without the desk's own fields: plans, rights, drafts of captions.

    What tells two people of one name apart is shown to editors only.
    """
    page = record.page
    return replace(
        record,
        page=PageRecord(page.label, _public(fields.PAGE, page.values, PAGE)),
        links=tuple(map(_name, record.links)),
        photos=tuple(map(_photo, record.photos)),
    )


def _photo(photo: PhotoRecord) -> PhotoRecord:
    values = _public(fields.PHOTO, photo.values, PHOTO)
    return replace(photo, values=values | {"contributor": _name(values["contributor"] or None)})


def _public(table, values, names: frozenset) -> dict:
    return {
        field.name: values[field.name] if field.name in names else field.default for field in table
    }


def _name(contributor: ContributorName | None) -> ContributorName | None:
    return contributor and (contributor[0], "")
