"""A paper with files to back up, and ways to empty it, to damage a backup and to read its pages."""

import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection

from articles.search.entries import text_index
from articles.static_edition.exporter import fixed_addresses
from articles.tests.factories import make_article, make_member, make_source_document
from articles.tests.page_kinds import make_every_kind
from newsroom.backup import creation

LINKS = re.compile(r"""(?:href|src|content)="([^"]+)"|(/[^\s,"]+\.jpg)""")
APART = ("/admin/", "/static/", "/search/")


@pytest.fixture
def own_record(settings, tmp_path):
    """Keep the record of backups to the test."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()


@pytest.fixture
def paper(transactional_db, own_record):
    """A small paper: an article with a Word file of its own, and the sample issue's photo."""
    call_command("loaddata", "sample_issue", verbosity=0)
    make_source_document(make_article(), by=make_member(username="jizhe"))


@pytest.fixture
def every_page(transactional_db, own_record):
    """A paper with a page of every kind."""
    return make_every_kind()


@pytest.fixture
def taken(paper, tmp_path) -> Path:
    """A backup of the paper."""
    return creation.create(tmp_path / "backups").path


@pytest.fixture
def empty_it():
    """Return a function that makes the installation as new."""

    def run():
        call_command("flush", interactive=False, verbosity=0)
        if connection.vendor == "sqlite":
            text_index.clear()
        for folder in (project.MEDIA_ROOT, project.CACHES["default"]["LOCATION"]):
            shutil.rmtree(folder, ignore_errors=True)

    return run


@pytest.fixture
def public_pages(client):
    """Return a function that follows every link of the site; it gives status and bytes of each."""

    def run() -> dict[str, tuple[int, bytes]]:
        found, waiting = {}, sorted(fixed_addresses())
        while waiting:
            address = waiting.pop()
            if address not in found and not address.startswith(APART):
                answer = client.get(address)
                found[address] = answer.status_code, answer.getvalue()
                if b"\0" not in found[address][1]:
                    waiting += linked(found[address][1].decode(errors="replace"), address)
        return found

    return run


def linked(text: str, page: str) -> list[str]:
    """Return the addresses of this site that a page leads to."""
    links = [urljoin(f"http://testserver{page}", one or two) for one, two in LINKS.findall(text)]
    own = [link.partition("#")[0] for link in links if link.startswith("http://testserver/")]
    return [link.removeprefix("http://testserver") for link in own]
