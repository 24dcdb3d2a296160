"""Run Python as an operator does at a shell: with an environment of its own."""

import os
import subprocess
import sys

from django.conf import settings

READ = (
    "VAR",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "MEDIA_STORE",
    "PORT",
    "STANDBY_URL",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "TZ",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)

PRODUCTION = {
    "SECRET_KEY": "o4Xk2vQ9rT7mW1zB8nC5dF3gH6jL0pS-yUaEiOqRtYwZxVbN_kJ4h",
    "ALLOWED_HOSTS": "news.example,www.news.example",
    "CSRF_TRUSTED_ORIGINS": "https://news.example,https://www.news.example",
    "DATABASE_URL": "postgres://paper:secret@127.0.0.1:5432/paper",
}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run Python in the project's folder with nothing set but these variables.

    Database, media and cache that are not named are those of the installation guard.
    """
    clean = {name: value for name, value in os.environ.items() if name not in READ}
    clean["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
