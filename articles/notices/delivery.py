"""Sending what is due: at most one message in five minutes to a member.

It runs beside the desk, in a command of its own, and reads what waits from the database: no save
waits for it, and none can fail by it. Nothing is sent inside a transaction.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Channel, NoticeSettings

from . import webhook
from .waiting import Waiting, message_text, waiting_articles
from .webhook import NoticeError

logger = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
MOST_SECONDS = 45  # of one run; the next one goes on with who has waited longest


@dataclass(slots=True)
class Report:
    """How many messages a run sent, and how many it could not send."""

    sent: int = 0
    failed: int = 0


def send_due() -> Report:
    """Tell members what newly waits for them; return how it went.

    Six queries a member, and two more for a message. Several runs at once send nothing twice.
    """
    report, began = Report(), monotonic()
    for row in _due(timezone.now()) if settings.NOTICES else ():
        if monotonic() - began > MOST_SECONDS:
            break
        try:
            report.sent += _send_news(row)
        except NoticeError as error:
            report.failed += 1
            _record_failure(row, str(error))
        except Exception as error:  # noqa: BLE001 - one member's must not stop the others'.
            report.failed += 1
            _record_failure(row, type(error).__name__)
    return report


def wait_after(failures: int) -> timedelta:
    """Return how long nothing is sent after so many failed attempts: 5, 10, 20 … 60 minutes."""
    return min(INTERVAL * 2 ** min(failures - 1, 10), LONGEST_WAIT)


def _due(now: datetime) -> QuerySet[NoticeSettings]:
    rows = NoticeSettings.objects.exclude(channel=Channel.NONE).select_related("member")
    rows = rows.filter(next_at__lte=now, member__is_active=True, member__is_staff=True)
    return rows.order_by("next_at", "pk")


def _send_news(row: NoticeSettings) -> bool:
    """Send what a member was not told yet; return whether there was anything."""
    waiting = waiting_articles(row.member)
    keys, told = [each.key for each in waiting], set(row.told)
    news = [each for each in waiting if each.key not in told]
    if not news and row.told_at:
        if told != {*keys}:
            _unchanged(row).update(told=keys)
        return False
    if not _claim(row):
        return False
    _deliver(row, news)
    _unchanged(row).update(told=keys, told_at=timezone.now(), failures=0, error="")
    return True


def _deliver(row: NoticeSettings, news: list[Waiting]) -> None:
    text = message_text(row.member, news, is_first=row.told_at is None)
    if row.channel == Channel.WEBHOOK:
        webhook.post(row.webhook, text)
        return
    subject = gettext("Articles wait for you: %(number)d") % {"number": len(news)}
    try:
        send_mail(subject, text, None, [row.email])
    except OSError as error:  # All errors of SMTP are OSErrors; what they say may hold addresses.
        reason = gettext("The mail server does not take it: %s") % type(error).__name__
        raise NoticeError(reason) from None


def _claim(row: NoticeSettings) -> bool:
    """Take the next five minutes; False where another run did, or the member chose anew."""
    end = timezone.now() + INTERVAL
    is_ours = bool(_unchanged(row).update(next_at=end))
    row.next_at = end
    return is_ours


def _record_failure(row: NoticeSettings, reason: str) -> None:
    """Store why a message was not sent, and try again later and later."""
    failures = min(row.failures + 1, 9_999)
    later = {"next_at": timezone.now() + wait_after(failures), "failures": failures}
    _unchanged(row).update(**later, error=reason[:200])
    logger.warning("Notice to member %s not sent: %s", row.member_id, reason)


def _unchanged(row: NoticeSettings) -> QuerySet[NoticeSettings]:
    """Select the row if it is still as it was read: not claimed, chosen as before."""
    chosen = {"channel": row.channel, "email": row.email, "webhook": row.webhook}
    return NoticeSettings.objects.filter(pk=row.pk, next_at=row.next_at, **chosen)
