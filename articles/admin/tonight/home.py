"""The home of the desk (今晚), its part that keeps itself up to date, and the models by group."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from articles import lunar_calendar
from articles.admin.issue_counts import annotate_counts
from articles.editing import planning
from articles.models import Issue, Member

from .desk_changes import changes_view
from .tonight import Tonight, upcoming_issues

GROUPS = [
    (_("The paper"), ("Issue", "Page", "Article", "RawPage", "SourceDocument", "Photo", "Review")),
    (_("Gathered under"), ("Column", "Contributor", "ProtectedName", "Tag", "PointRate")),
    (
        _("The house"),
        (
            *("Masthead", "Member", "Group", "NoticeSettings", "OldAddress", "MissedAddress"),
            "LedgerEntry",
            "LogEntry",
        ),
    ),
]


class HomeMixin:
    """Adds the home page to the admin site."""

    def get_urls(self):
        """Add what the home page asks for while it is open, and the list of who did what."""
        views = {
            "tonight": require_GET(tonight_part),
            "looked": require_POST(looked),
            "changes": require_GET(lambda request: changes_view(request, site=self)),
        }
        own = [path(f"{name}/", self.admin_view(view), name=name) for name, view in views.items()]
        return [*own, *super().get_urls()]

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
        """Show the next issue, the member's own work and what is to be done next.

        Four queries more than any page of the desk, whatever there is; for who may plan an issue
        two more while none is planned.
        """
        return super().index(request, tonight_context(request) | (extra_context or {}))


def tonight_context(request) -> dict:
    """Return what the templates of the home page need."""
    today, member = timezone.localdate(), request.user
    sees_issues = member.has_perm("articles.view_issue")
    issues = upcoming_issues(annotate_counts(Issue.objects.all()), today) if sees_issues else []
    is_reader = member.has_perm("articles.view_article")
    is_planned = any(not issue.is_published() for issue in issues)
    return {
        "today": today,
        "weekday": lunar_calendar.WEEKDAYS[today.weekday()],
        "lunar_date": lunar_calendar.lunar_date(today),
        "at_work": issues,
        "tonight": Tonight.of(member, issues) if is_reader else None,
        "plan": None if is_planned else _plan_for(member),
    }


def tonight_part(request):
    """Answer the part of the home page that changes while it is open."""
    return render(request, "admin/_tonight.html", tonight_context(request))


def looked(request):
    """Note that the member has seen all news, and go back to the home page. One query."""
    Member.objects.filter(pk=request.user.pk).update(looked_at=timezone.now())
    return HttpResponseRedirect(reverse("admin:index"))


def _plan_for(member: Member) -> planning.Plan | None:
    may = member.has_perms(("articles.add_issue", "articles.add_page"))
    return planning.next_plan() if may else None


def _group(name: str, models: list[dict | None]) -> dict:
    shown = [model for model in models if model]
    return {
        "name": name,
        "app_label": "desk",
        "app_url": shown[0]["admin_url"] or "" if shown else "",
        "has_module_perms": True,
        "models": shown,
    }
