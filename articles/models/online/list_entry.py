"""What the lists of readers are read from: their entries, and how many there are in each year."""

from django.db import models

from articles.models.article import Article


class ListKind(models.TextChoices):
    """Of what a list gathers the articles."""

    COLUMN = "column"
    TAG = "tag"
    CONTRIBUTOR = "contributor"


class ListEntry(models.Model):
    """One article in the list of one column, tag or contributor (`subject` is its id).

    It repeats the day and the place in print, so that a database finds the newest entries of a
    list in an index, however many there are. The articles of released issues have entries; which
    of them readers see says `Article.objects.published()`. `articles.lists` writes them.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="list_entries")
    kind = models.CharField(max_length=12, choices=ListKind.choices)
    subject = models.BigIntegerField()
    day = models.DateField()
    place = models.CharField(max_length=24)

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(fields=["kind", "subject", "-day", "place"], name="list_entries_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "subject"], name="one_entry_an_article_and_list"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}: {self.article_id}"


class ListYear(models.Model):
    """How many articles of a list readers see of one year, and the day of the latest.

    The numbers hold until `recount_at`: then an issue with some of them comes out.
    """

    kind = models.CharField(max_length=12, choices=ListKind.choices)
    subject = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    articles = models.PositiveIntegerField()
    last_on = models.DateField(null=True)
    recount_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "year"], name="one_count_a_list_and_year"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}, {self.year}: {self.articles}"
