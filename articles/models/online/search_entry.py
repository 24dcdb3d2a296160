"""What the search keeps of each article, and how often frequent terms occur in a year.

Derived data: `manage.py rebuild_search` makes it anew. Only `articles/search/` writes it.
"""

import zlib

from django.db import models
from django.db.models import Q

from articles.models.article import Article


class StoredText(models.TextField):
    """A text; on SQLite it is compressed, as PostgreSQL does by itself."""

    def db_type(self, connection):
        """Return the type of its column."""
        return "blob" if connection.vendor == "sqlite" else super().db_type(connection)

    def get_db_prep_value(self, value, connection, **options):
        """Return what is stored; bytes are that already."""
        if connection.vendor == "sqlite" and isinstance(value, str | bytes):
            return value if isinstance(value, bytes) else zlib.compress(value.encode(), 1)
        return super().get_db_prep_value(value, connection, **options)

    def from_db_value(self, value, expression, connection):
        """Return the text that was stored."""
        return zlib.decompress(value).decode() if isinstance(value, bytes) else value


class SearchEntry(models.Model):
    """One article as the search knows it.

    `number` orders all entries by the day printed, and is the row of the full-text index on
    SQLite; `is_listed` says that it is signed and its issue released, be it for a later minute.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    number = models.BigIntegerField(unique=True)
    is_listed = models.BooleanField(default=False)
    text = StoredText()

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["number"], condition=Q(is_listed=False), name="unlisted_search_entries"
            )
        ]

    def __str__(self):
        return f"{self.number}: {self.article_id}"


class SearchTerm(models.Model):
    """A frequent term: its place in the counts of each year."""

    term = models.CharField(max_length=2, unique=True)
    place = models.PositiveIntegerField(unique=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.term


class SearchYear(models.Model):
    """How many listed articles of a year there are, and how many have each frequent term.

    `counts` has four bytes a term (big endian), in the order of `SearchTerm.place`.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    total = models.PositiveIntegerField(default=0)
    counts = models.BinaryField()

    class Meta:
        default_permissions = []

    def __str__(self):
        return str(self.year)


class SearchBuild(models.Model):
    """How far the last rebuild of the index came; one row at most.

    `number` is the last entry written; `is_complete` that it came to its end.
    """

    number = models.BigIntegerField(default=0)
    is_complete = models.BooleanField(default=False)

    class Meta:
        default_permissions = []

    def __str__(self):
        return str(self.number)
