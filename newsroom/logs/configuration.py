"""What `LOGGING` is: everything goes to standard error, the access log to standard output."""

from typing import Any


def configure(*, form: str, has_access_log: bool, has_mail: bool) -> dict[str, Any]:
    """Return Django's setting `LOGGING`; `form` is lines, json or plain (while developing)."""
    handlers = ["errors", "mail"] if has_mail else ["errors"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {"()": "newsroom.logs.formats.LineFormatter"},
            "json": {"()": "newsroom.logs.formats.JsonFormatter"},
            "access": {"()": "newsroom.logs.formats.AccessFormatter"},
            "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "filters": {
            "once": {"()": "newsroom.logs.filters.OncePerRequest"},
            "once_by_mail": {"()": "newsroom.logs.filters.OncePerRequest"},
            "no_noise": {"()": "newsroom.logs.filters.NoNoise"},
            "ours_only": {"()": "newsroom.logs.filters.OursOnly"},
        },
        "handlers": {
            "errors": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["no_noise", "once"],
            },
            "access": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "access",
            },
            "mail": {
                "class": "newsroom.logs.mail.MailHandler",
                "level": "ERROR",
                "filters": ["ours_only", "once_by_mail"],
            },
        },
        "root": {"level": "WARNING", "handlers": handlers},
        "loggers": {
            # Django's own handlers are silent on a server.
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "newsroom.access": {
                "level": "INFO" if has_access_log else "CRITICAL",
                "handlers": ["access"],
                "propagate": False,
            },
        },
    }
