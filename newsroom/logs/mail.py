"""Errors by mail to the administrators of the server, a few at most."""

import logging
import time

from django.core.mail import mail_admins

from .facts import facts_of

logger = logging.getLogger(__name__)
# Seconds between two mails of one process: an error that every reader meets is told once.
PAUSE = 300


class MailHandler(logging.Handler):
    """Sends what the log holds of an error. Nothing else of the request leaves the house."""

    sent_at: float | None = None

    def emit(self, record):
        now = time.monotonic()
        if self.sent_at is not None and now - self.sent_at < PAUSE:
            return
        MailHandler.sent_at = now
        try:
            facts = facts_of(record)
            subject = f"{facts['level']}: {facts['message']}"[:200]
            lines = [f"{name}: {value}" for name, value in facts.items()]
            mail_admins(subject, "\n".join(lines).replace("\\n", "\n"))
        except Exception as error:  # Not `handleError`: that writes addresses as they are.
            logger.warning("An error could not be mailed: %s", type(error).__name__)
