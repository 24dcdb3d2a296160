"""Send the head of the ledger to where nobody here can change it: JSON to an address, and mail.

The address may hold a secret: no error and no line of the log has any part of it.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds, for each step
HEADERS = {"Content-Type": "application/json"}


class _NoRedirects(HTTPRedirectHandler):
    """Takes a redirect for a failure: what was posted would not be posted on."""

    def redirect_request(self, *args):
        return None


def send(facts: Mapping[str, str | int | bool]) -> bool:
    """Post facts to LEDGER_WEBHOOK; tell whether they were taken, by any status from 200 to 299.

    Without an address nothing is sent, and all is well. Why it failed is in the log. No query.
    """
    if not settings.LEDGER_WEBHOOK:
        return True
    body = json.dumps(facts).encode()
    request = Request(settings.LEDGER_WEBHOOK, body, HEADERS)
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT):
            return True
    except (OSError, HTTPException) as error:
        logger.error("The head of the ledger could not be sent: %s", _why(error))
        return False


def mail(lines: Sequence[str], addresses: Sequence[str]) -> bool:
    """Mail lines, the last of which is the subject; tell whether the mail server took them.

    Without an address all is well. Why it failed is in the log. No query.
    """
    if not addresses:
        return True
    try:
        send_mail(lines[-1], "\n".join(lines), None, addresses)
    except OSError as error:
        logger.error("The verdict on the ledger could not be mailed: %s", type(error).__name__)
        return False
    return True


def _why(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    cause = error.reason if isinstance(error, URLError) else error
    return type(cause).__name__
