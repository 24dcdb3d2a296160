"""Asking the chief: what a released issue would go out without (`issue/_missing.html`)."""

from articles.models import Issue
from articles.release import clock, missing


def missing_context(issue: Issue | None) -> dict:
    """Return what the warning needs; nothing where no release is waiting. One query at most."""
    if issue is None or issue.released_at is None or issue.is_published():
        return {}
    return {
        "missing": missing(issue),
        "missing_at": clock(issue.released_at),
        "missing_from": issue,
    }
