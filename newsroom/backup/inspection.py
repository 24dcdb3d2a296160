"""Look over a restored copy: `python -m newsroom.backup.inspection BACKUP`, run by a drill.

Prints one line of JSON: `rows` and `pages` that were looked at, and `faults`.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from .bag import read_info
from .bag_info import row_counts

# Fixed pages of readers, and how many issues, articles and photos are opened beside them.
FIXED, NEWEST = ("/", "/archive/", "/columns/", "/corrections/", "/about/", "/sitemap.xml"), 10

MODELS = ("Issue", "Article", "Photo")


def main(backup: Path) -> None:
    """Look over the database and the files that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    rows, faults = compared_rows(backup)
    faults += database_faults()
    for command, options in (("migrate", {}), ("check", {"databases": ["default"]})):
        output = io.StringIO()
        try:
            call_command(command, **options, verbosity=0, stdout=output, stderr=output)
        except (CommandError, SystemExit) as error:
            faults.append(f"{command}: {error}")
    faults += ledger_faults(backup)
    pages = {address: status(address) for address in addresses()}
    faults += [f"{address}: {found}" for address, found in pages.items() if found != 200]
    sys.stdout.write(json.dumps({"rows": rows, "pages": len(pages), "faults": faults}) + "\n")


def compared_rows(backup: Path) -> tuple[int, list[str]]:
    """Return how many rows there are, and the tables that have not what the backup tells."""
    total, faults = 0, []
    for table, expected, count in row_counts(backup):
        total += count
        if count != expected:
            faults.append(f"{table}: {count} ≠ {expected}")
    return total, faults


def database_faults() -> list[str]:
    """Return what the database finds wrong with itself."""
    if connection.vendor != "sqlite":
        return []  # Restoring has checked every constraint, and made every index.
    with connection.cursor() as cursor:
        told = [row[0] for row in cursor.execute("PRAGMA integrity_check")]
    return [] if told == ["ok"] else told


def ledger_faults(backup: Path) -> list[str]:
    """Return what is wrong with the ledger, and with the rows that it tells of; reads them all.

    With the head that the backup tells: that the end was cut off is found too.
    """
    expected = [f"--expect={head}" for head in read_info(backup).get("Ledger-Head", [])]
    output = io.StringIO()
    try:
        call_command("verify_ledger", *expected, stdout=output, stderr=output)
    except (CommandError, SystemExit) as error:
        return output.getvalue().splitlines() or [str(error)]
    return []


def addresses() -> Iterator[str]:
    """Yield the addresses of some pages: the fixed ones, the newest issues, articles, pictures."""
    issue, article, photo = (apps.get_model("articles", name) for name in MODELS)
    issues = issue.objects.published().order_by("-issued_on")[:NEWEST]
    articles = article.objects.published().order_by("-pk")[:NEWEST]
    yield from (each.get_absolute_url() for each in (*issues, *articles))
    yield from FIXED if issues else ()
    for uid in photo.objects.published().order_by("-pk").values_list("uid", flat=True)[:NEWEST]:
        yield f"/photos/{uid}/wide.jpg"


def status(address: str) -> int:
    """Return the status with which the site answers."""
    is_secure = settings.SECURE_SSL_REDIRECT
    host = settings.ALLOWED_HOSTS[0].removeprefix(".")
    client = Client(raise_request_exception=False, headers={"host": host})
    return client.get(address, secure=is_secure).status_code


if __name__ == "__main__":
    main(Path(sys.argv[1]))
