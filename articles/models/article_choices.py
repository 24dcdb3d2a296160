"""What an article waits for (Status), its genre 体裁, and its rank on a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What an article waits for. Only `workflow` writes it."""

    DRAFT = "draft", _("draft")
    FIRST_REVIEW = "first_review", _("awaits first review")
    SECOND_REVIEW = "second_review", _("awaits second review")
    FINAL_REVIEW = "final_review", _("awaits final review")
    SIGNED = "signed", _("signed off")
    HELD = "held", _("held")
    SPIKED = "spiked", _("spiked")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Genre(models.TextChoices):
    """体裁."""

    NEWS = "news", _("news")
    FEATURE = "feature", _("feature")
    CLOSE_UP = "close_up", _("close-up")
    COMMENTARY = "commentary", _("commentary")
    EDITORIAL = "editorial", _("editorial")
    PHOTO = "photo", _("photo news")
    DOCUMENT = "document", _("resolution or communiqué")
    NOTICE = "notice", _("notice")
    CORRECTION = "correction", _("correction")
    LITERARY = "literary", _("literary supplement")
    ADVERTISEMENT = "advertisement", _("advertisement")


class Rank(models.IntegerChoices):
    """How prominent an article is on its page."""

    LEAD = 1, _("lead")
    SECOND = 2, _("second")
    STANDARD = 3, _("standard")
    BRIEF = 4, _("brief")
