"""稿件: one editorial item."""

import uuid
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from taggit.managers import TaggableManager

from articles.content import article_html, text
from articles.content.copy import NAMES, format_bylines

from .article_choices import Genre, Rank, Status
from .column import Column
from .page import Page, natural_order
from .tagging import Tagging

# Real papers print decks of more than 300 characters: the limit only keeps out a whole text.
LONGEST_HEADING = 1_000
PRINT_ORDER = (*natural_order("page__label"), "position")


@lru_cache(maxsize=1_000)
def body_length(body: str) -> int:
    """Return the number of 字 of a stored body.

    The home page, the board and the lists count the same bodies again and again; a thousand of
    them take some megabytes.
    """
    return text.count(article_html.plain_text(body, as_typed=True))


class ArticleQuerySet(models.QuerySet):
    """Selects articles: published, withdrawn, in print order."""

    def get_by_natural_key(self, uid):
        """Return the article with a uid."""
        return self.get(uid=uid)

    def published(self, at: datetime | None = None):
        """Select the articles that readers see at an instant (aware; now if None).

        Signed off, placed on a page, and the issue released: nothing else is public.
        See also `IssueQuerySet.published`.
        """
        return self.filter(status=Status.SIGNED, page__issue__released_at__lte=at or timezone.now())

    def withdrawn(self):
        """Select the articles that readers have seen and no longer see, with `withdrawn_at`.

        Whatever the status since: an article is withdrawn until it is signed again, and then it
        is published, since nothing leaves a published issue.
        """
        unsigned = [status for status in Status if status != Status.SIGNED]
        gone = self.filter(status__in=unsigned, reviews__move="withdraw")
        return gone.annotate(withdrawn_at=Max("reviews__made_at"))

    def discarded(self):
        """Select the drafts in the bin (废稿)."""
        return self.filter(status=Status.DRAFT, discarded_at__isnull=False)

    def kept(self):
        """Select all but the drafts in the bin."""
        return self.exclude(status=Status.DRAFT, discarded_at__isnull=False)

    def in_print_order(self):
        """Order the articles of an issue: page by page, then as placed on the page."""
        return self.order_by(*PRINT_ORDER)

    def newest_first(self):
        """Order by the date printed, the newest paper first, then in print order."""
        return self.order_by("-page__issue__issued_on", "-page__issue__edition", *PRINT_ORDER)


class Article(models.Model):
    """One editorial item: its title stack, dateline, bylines, body, and place on a page.

    The headline may be empty (photo news): lists show `display_title`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        Page,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("page"),
    )
    position = models.PositiveSmallIntegerField(
        _("position on the page"), null=True, blank=True, editable=False
    )
    genre = models.CharField(_("genre"), max_length=20, choices=Genre.choices, default=Genre.NEWS)
    rank = models.PositiveSmallIntegerField(
        _("rank"),
        choices=Rank.choices,
        null=True,
        blank=True,
        help_text=_("How prominent it is; left empty, its place on the page decides."),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
        db_index=True,
    )
    column = models.ForeignKey(
        Column,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("column"),
    )
    kicker = models.CharField(
        _("kicker"),
        max_length=LONGEST_HEADING,
        blank=True,
        help_text=_("The line above the headline."),
    )
    headline = models.CharField(
        _("headline"),
        max_length=LONGEST_HEADING,
        blank=True,
        help_text=_("A space is a line break in large type. Photo news may have none."),
    )
    deck = models.CharField(
        _("deck"),
        max_length=LONGEST_HEADING,
        blank=True,
        help_text=_("The line below the headline."),
    )
    dateline = models.CharField(
        _("dateline"), max_length=60, blank=True, help_text=_("本报讯, 本报北京7月26日电 …")
    )
    body = ProseEditorField(
        _("body"),
        blank=True,
        extensions={
            "Bold": True,
            "Superscript": True,
            "Subscript": True,
            "Heading": {"levels": [2]},
            "Blockquote": True,
            "BulletList": True,
            "OrderedList": True,
            "ListItem": True,
            "HardBreak": True,
            "Table": True,
            "TableRow": True,
            "TableCell": True,
            "TableHeader": True,
            "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
        },
        sanitize=article_html.sanitize,
    )
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("Where it is not our own: 新华社 …")
    )
    raw_page = models.ForeignKey(
        "RawPage",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="articles",
        verbose_name=_("read from"),
    )
    version = models.PositiveIntegerField(
        _("version"), default=0, editable=False, help_text=_("The number of its latest revision.")
    )
    discarded_at = models.DateTimeField(_("in the bin since"), null=True, editable=False)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("thrown away by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    tags = TaggableManager(
        through=Tagging, blank=True, verbose_name=_("tags"), related_name="articles"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-pk"]
        permissions = [
            ("submit_article", _("Can submit an article for review")),
            ("pass_first_review", _("Can pass an article at first review")),
            ("pass_second_review", _("Can pass an article at second review")),
            ("sign_article", _("Can sign off an article")),
            ("return_article", _("Can return or hold an article")),
            ("spike_article", _("Can spike an article")),
            ("withdraw_article", _("Can withdraw a published article")),
            ("copy_for_wechat", _("Can copy an article for WeChat")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="one_article_per_position"),
            models.CheckConstraint(
                condition=Q(page__isnull=True, position__isnull=True)
                | Q(page__isnull=False, position__isnull=False),
                name="page_and_position_together",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__range=(1, 4)), name="rank_from_1_to_4"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="status_is_known"),
        ]

    def __str__(self):
        return self.display_title

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["articles.page", "articles.column"]

    def get_absolute_url(self):
        return reverse("articles:article", args=[self.pk])

    @cached_property
    def display_title(self) -> str:
        """What lists show: the headline, or the column and the first clause.

        One query for the column where there is no headline and it is not loaded.
        """
        if self.headline:
            return self.headline
        first = text.opening(article_html.words(self.body).strip())
        parts = [self.column.name if self.column else "", first]
        return "：".join(part for part in parts if part) or str(_("(no headline)"))

    @property
    def is_discarded(self) -> bool:
        """Whether it is a draft in the bin."""
        return self.status == Status.DRAFT and self.discarded_at is not None

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture with its caption rather than a text."""
        return self.genre == Genre.PHOTO

    @property
    def is_document(self) -> bool:
        """Whether it is set as a document: centred headline, no lead-in."""
        return self.genre in (Genre.DOCUMENT, Genre.NOTICE)

    @property
    def length(self) -> int:
        """The number of 字 of its body."""
        return body_length(self.body)

    def lead_in_of(self, bylines) -> str:
        """Return the bracketed bylines that follow the dateline: （记者 张可馨）. No query."""
        names = format_bylines(bylines)
        return f"（{names}）" if self.dateline and names else ""


# What an editor enters besides the words (`Copy`): page, genre, rank, source.
METADATA_FIELDS = tuple(
    field.name
    for field in Article._meta.fields
    if field.editable and not field.primary_key and field.name not in NAMES
)
