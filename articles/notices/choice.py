"""What a member wants to be told, and how."""

from django.db import transaction

from articles.models import Channel, Member, NoticeSettings

from .delivery import INTERVAL, wait_after


@transaction.atomic
def choose(member: Member, *, channel: str, email: str = "", webhook: str = "") -> NoticeSettings:
    """Store a member's choice; what is not used is deleted. Locks the row. Four queries.

    A new choice is told everything that waits, five minutes after the last attempt.
    """
    row, _is_new = NoticeSettings.objects.get_or_create(member=member)
    row = NoticeSettings.objects.select_for_update().get(pk=row.pk)
    before = (row.channel, row.email, row.webhook)
    row.channel = channel
    row.email = email if channel == Channel.EMAIL else ""
    row.webhook = webhook if channel == Channel.WEBHOOK else ""
    if before != (row.channel, row.email, row.webhook):
        if row.failures:
            row.next_at += INTERVAL - wait_after(row.failures)
        row.told, row.told_at, row.failures, row.error = [], None, 0, ""
        row.save()
    return row
