"""Fixtures of the desk: a row of each table, and every address that shows a page."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group

from articles import ledger, revisions
from articles.intake import raw_pages
from articles.models import (
    LedgerEntry,
    LedgerKind,
    MissedAddress,
    NoticeSettings,
    OldAddress,
    PointRate,
    ProtectedName,
)
from articles.tests.factories import (
    make_article,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_member,
    make_page,
    make_photo,
    make_source_document,
)
from articles.tests.role_tables import allowed_roles, desk_patterns, desk_url


@pytest.fixture
def rows(db):
    """One row of each table, none of them in the way of being deleted."""
    issue = make_issue(released_at=None)
    article, member = make_article(status="draft"), make_member(username="zhangsan")
    article.tags.add("渔业")
    ledger.record(LedgerKind.BACKUP)
    return {
        "article": article,
        "photo": make_photo(),
        "issue": issue,
        "page": make_page(issue=issue),
        "column": make_column(),
        "contributor": make_contributor(),
        "protectedname": ProtectedName.objects.create(name="后塍"),
        "tag": article.tags.get(),
        "masthead": make_masthead(),
        "member": member,
        "group": Group.objects.create(name="实习生"),
        "pointrate": PointRate.objects.create(points=1),
        "logentry": LogEntry.objects.create(user=member, action_flag=CHANGE, object_repr="张三"),
        "ledgerentry": LedgerEntry.objects.latest("number"),
        "noticesettings": NoticeSettings.objects.create(member=member),
        "oldaddress": OldAddress.objects.create(pattern="/about.htm", target="/about/"),
        "missedaddress": MissedAddress.objects.create(day=issue.issued_on, path="/a.htm"),
    }


@pytest.fixture
def addresses(rows) -> dict[str, str]:
    """The addresses that show a page, by their names."""
    revisions.record(rows["article"], by=rows["member"])
    rows = rows | {"rawpage": raw_pages.import_text(rows["page"], "书画馆开馆".encode(), by=None)}
    rows |= {"sourcedocument": make_source_document(rows["article"], by=rows["member"])}
    return {
        name: desk_url(name, path, rows)
        for name, path in desk_patterns().items()
        if allowed_roles(name) is not None
    }
