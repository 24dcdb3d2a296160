"""What a member wants to be told, and how."""

from django.utils import timezone

from articles.models import Channel, Member, NoticeSettings


def choose(member: Member, *, channel: str, email: str = "", webhook: str = "") -> NoticeSettings:
    """Store a member's choice; what is not used is deleted. Three queries.

    A new choice is told everything that waits; it waits for the end of the five minutes since the
    last message, unless that one failed.
    """
    row, _is_new = NoticeSettings.objects.get_or_create(member=member)
    before = (row.channel, row.email, row.webhook)
    row.channel = channel
    row.email = email if channel == Channel.EMAIL else ""
    row.webhook = webhook if channel == Channel.WEBHOOK else ""
    if before != (row.channel, row.email, row.webhook):
        row.next_at = timezone.now() if row.failures else row.next_at
        row.told, row.told_at, row.failures, row.error = [], None, 0, ""
        row.save()
    return row
