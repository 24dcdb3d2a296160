"""存疑 (finding): a doubtful spot that reading a page in found in an article."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.content import article_html

from .article import Article

# Kinds whose excerpt is printed so in the words: where it is no longer there, it was mended.
VERBATIM = ("doubled-word", "doubled-characters", "parallel-phrase")


class Finding(models.Model):
    """A doubtful spot of an article; open until it is mended, or dismissed with a reason.

    `kind` is the code of a warning of the parser, `excerpt` the words that it is about.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="findings", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=40)
    excerpt = models.TextField(_("excerpt"), blank=True)
    message = models.TextField(_("message"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("dismissed by"),
    )
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dismissed_at=None) | ~models.Q(reason=""),
                name="findings_are_dismissed_with_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.message}：{self.excerpt}" if self.excerpt else self.message

    def is_open_in(self, article: Article) -> bool:
        """Tell whether it is neither dismissed nor mended in the words of its article. No query."""
        if self.dismissed_at:
            return False
        return self.kind not in VERBATIM or _squash(self.excerpt) in _words(article)


def _words(article: Article) -> str:
    body = article_html.plain_text(article.body)
    return _squash(f"{article.kicker}\n{article.headline}\n{article.deck}\n{body}")


def _squash(text: str) -> str:
    return "".join(text.split())
