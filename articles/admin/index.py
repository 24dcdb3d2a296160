"""The desk's index: tonight's paper first, then the tables in newsroom order."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import almanac
from articles.models import Article, Issue, Page, Status

from .paging import tally
from .queues import queues_of

GROUPS = [
    (_("The paper"), ("Issue", "Page", "Article", "RawPage", "Photo", "Review")),
    (_("Gathered under"), ("Column", "Contributor", "Tag")),
    (_("The house"), ("Masthead", "Member", "Group")),
]


class NewsroomIndex:
    """Mixed into the admin site."""

    def get_app_list(self, request, app_label=None):
        """Group the tables a member may see as a newsroom does, not by the app they come from."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [_group(name, [models.pop(each, None) for each in held]) for name, held in GROUPS]
        groups.append(_group(_("More"), list(models.values())))
        return [group for group in groups if group["models"]]

    def index(self, request, extra_context=None):
        """Show the member's queues, the issues at work and the tables.

        Four queries more than Django's own index, whatever the queues hold.
        """
        today = timezone.localdate()
        shows = request.user.has_perm("articles.view_issue")
        context = {
            "today": today,
            "weekday": almanac.weekday(today),
            "lunar_date": almanac.lunar_date(today),
            "at_work": issues_at_work(today) if shows else [],
            "queues": queues_of(request.user),
        }
        return super().index(request, context | (extra_context or {}))


def issues_at_work(today: date) -> list[Issue]:
    """Return today's issues and the next three to come, with what they hold. One query."""
    unsigned = Article.objects.exclude(status=Status.SIGNED)
    ahead = Issue.objects.filter(issued_on__gte=today).order_by("issued_on", "edition")
    return list(
        ahead.annotate(
            pages_held=tally(Page.objects.all(), "issue"),
            articles_held=tally(Article.objects.all(), "page__issue"),
            unsigned_held=tally(unsigned, "page__issue"),
        )[:4]
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
