"""稿分标准 (point rate): how many points a signature on an article is worth in the month sheet."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Genre, Rank

ANY = 0


class PointRate(models.Model):
    """The points for one genre, role and rank; what is left empty fits all of them.

    Where several fit, the one that says most counts; of two that say as much, the one with a
    genre, then the one with a role.
    """

    genre = models.CharField(
        _("genre"), max_length=20, choices=Genre.choices, blank=True, help_text=_("Empty: any.")
    )
    role = models.CharField(
        _("role"),
        max_length=30,
        blank=True,
        help_text=_("As printed: 记者, 通讯员 …; 摄 for each photo. Empty: any but photos."),
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"),
        choices=[(ANY, _("any")), *Rank.choices],
        default=ANY,
        help_text=_("An article without one counts as standard."),
    )
    points = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)]
    )
    is_shared = models.BooleanField(
        _("shared"),
        default=False,
        help_text=_("Divided among those who sign the article in the same role."),
    )

    class Meta:
        verbose_name = _("point rate")
        verbose_name_plural = _("point rates")
        ordering = ["genre", "role", "rank"]
        permissions = [("view_month_sheet", _("Can see the month sheet"))]
        constraints = [
            models.UniqueConstraint(
                fields=["genre", "role", "rank"],
                name="one_rate_for_genre_role_and_rank",
                violation_error_message=_("There is a rate for this genre, role and rank already."),
            )
        ]

    def __str__(self):
        rank = self.get_rank_display() if self.rank else ""
        parts = [str(part) for part in (self.get_genre_display(), self.role, rank) if part]
        return " · ".join(parts) or str(_("any"))
