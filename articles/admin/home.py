"""The home page of the admin: upcoming issues, the member's queues, the models by group."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import lunar_calendar
from articles.models import Article, Issue, Page, Status

from .list_mixins import count_of
from .queues import queues_of

GROUPS = [
    (_("The paper"), ("Issue", "Page", "Article", "RawPage", "SourceDocument", "Photo", "Review")),
    (_("Gathered under"), ("Column", "Contributor", "Tag", "PointRate")),
    (_("The house"), ("Masthead", "Member", "Group", "NoticeSettings")),
]


class HomeMixin:
    """Adds the home page to the admin site."""

    def get_app_list(self, request, app_label=None):
        """Return the models that a member may see, grouped by GROUPS instead of by app."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            _group(name, [models.pop(each, None) for each in names]) for name, names in GROUPS
        ]
        groups.append(_group(_("More"), list(models.values())))
        return [group for group in groups if group["models"]]

    def index(self, request, extra_context=None):
        """Show the member's queues, the upcoming issues and the models.

        Four queries more than any page of the desk, whatever the queues hold.
        """
        today = timezone.localdate()
        can_view = request.user.has_perm("articles.view_issue")
        context = {
            "today": today,
            "weekday": lunar_calendar.WEEKDAYS[today.weekday()],
            "lunar_date": lunar_calendar.lunar_date(today),
            "at_work": upcoming_issues(today) if can_view else [],
            "queues": queues_of(request.user),
        }
        return super().index(request, context | (extra_context or {}))


def upcoming_issues(today: date) -> list[Issue]:
    """Return the first four issues from today on, with their counts. One query."""
    issues = Issue.objects.filter(issued_on__gte=today).order_by("issued_on", "edition")
    return list(annotate_counts(issues)[:4])


def annotate_counts(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Annotate the numbers of pages, of articles and of unsigned articles of issues."""
    unsigned = Article.objects.exclude(status=Status.SIGNED)
    return issues.annotate(
        page_total=count_of(Page.objects.all(), "issue"),
        article_total=count_of(Article.objects.all(), "page__issue"),
        unsigned_total=count_of(unsigned, "page__issue"),
    )


def _group(name: str, models: list[dict | None]) -> dict:
    shown = [model for model in models if model]
    return {
        "name": name,
        "app_label": "desk",
        "app_url": shown[0]["admin_url"] or "" if shown else "",
        "has_module_perms": True,
        "models": shown,
    }
