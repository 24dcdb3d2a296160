"""Writes the HTML of every page that readers see into a folder, and compares two such folders.

    python -m newsroom.dev.page_html OUT_DIR [--archive 2019-10.jsonl.gz]
    python -m newsroom.dev.page_html --compare DIR_A DIR_B

The pages are those of a scratch paper in memory: the sample issue, an extra with every kind of
article, and a month of back issues where an archive is given; those of an issue to come as the
desk and a preview link show them; and what is not found (404) or withdrawn (410). One file a page,
named as its address.

The same code writes the same folder at any hour: its clock stands still, and what differs from
run to run or from one version of a style sheet to the next is written as if it did not: the
hashes in names of static files, tokens of forms, nonces, the token of the preview link.
"""

import argparse
import difflib
import io
import re
import sys
from pathlib import Path

from django.core.management import call_command
from django.test import Client

from newsroom.dev import reader_pages
from newsroom.dev.form import filled
from newsroom.dev.reader_pages import DESK, Asked
from newsroom.dev.scratch import NEXT_DAY, rows, scratch_site, signed_in

SHOWN = 5
FIXED = (
    (re.compile(r"(/static/[\w./-]+)\.[0-9a-f]{12}(\.\w+)"), r"\1\2"),
    (re.compile(r"(csrfmiddlewaretoken\W+value\W+)\w{64}"), r"\1TOKEN"),
    (re.compile(r"(\bnonce=\W*)[\w+/=-]{16,}"), r"\1NONCE"),
)


class Folder:
    """A folder of pages. `token` is what stands in the addresses of a preview link."""

    def __init__(self, path: Path, token: str):
        self.path, self.token = path, token

    def write(self, client: Client, asked: Asked) -> None:
        """Write a page and the lists that follow it."""
        address, number = asked.path, 1
        while address:
            html = fetched(client, address, asked)
            self.save(address, html)
            number += 1
            address = f"{asked.path}?page={number}" if f'"?page={number}"' in html else ""

    def save(self, address: str, html: str) -> None:
        """Write the HTML of an address."""
        file = self.path / file_name(address.replace(self.token, "TOKEN"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(fixed(html).replace(self.token, "TOKEN"), encoding="utf-8", newline="")


def fetched(client: Client, address: str, asked: Asked) -> str:
    """Return what an address answers; raise where its status is none that it may have."""
    response = client.get(address) if asked.data is None else client.post(address, asked.data)
    if response.status_code not in asked.statuses:
        raise RuntimeError(f"{address} answers {response.status_code}")
    return response.content.decode()


def file_name(address: str) -> str:
    """Return the name of the file for an address: /2024-07-27/A1/ is 2024-07-27/A1.html."""
    path, _, query = address.partition("?")
    name = path.strip("/") or "index"
    if query:
        name = f"{name},{query}"
    return name if name.endswith(".txt") else f"{name}.html"


def fixed(html: str) -> str:
    """Return a page with what differs from run to run written the same."""
    for pattern, same in FIXED:
        html = pattern.sub(same, html)
    return html


def import_month(archive: Path) -> None:
    """Import a month of back issues and release it."""
    output = io.StringIO()
    try:
        call_command("import_archive", str(archive), "--release", stdout=output, stderr=output)
    except SystemExit:  # Something was not imported or not released.
        print(output.getvalue(), file=sys.stderr)


def typed_form(desk: Client) -> dict[str, str]:
    """Return the form of a draft as a browser would send it, with a headline just typed."""
    draft = rows("Article").filter(page__issue__issued_on=NEXT_DAY).order_by("pk").first()
    html = desk.get(f"{DESK}/article/{draft.pk}/change/").content.decode()
    return filled(html, "body") | {"headline": "刚刚改过的标题"}


def write(path: Path, archive: Path | None) -> int:
    """Write every page into a folder; return how many there are."""
    with scratch_site():
        desk, reader = signed_in(), Client()
        if archive:
            import_month(archive)
        withdrawn = reader_pages.correct_and_withdraw()
        folder = Folder(path, reader_pages.preview_link(desk))
        for asked in reader_pages.for_the_desk(typed_form(desk)):
            folder.write(desk, asked)
        for asked in reader_pages.for_readers(withdrawn):
            folder.write(reader, asked)
        for asked in reader_pages.by_link(folder.token):
            folder.write(reader, asked)
    return len(pages(path))


def pages(folder: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def differences(one: Path, other: Path) -> list[str]:
    """Return the names of the pages that differ between two folders, or stand in one alone."""
    ours, theirs = pages(one), pages(other)
    differing = [
        name for name in ours & theirs if (one / name).read_bytes() != (other / name).read_bytes()
    ]
    return sorted([*differing, *(ours ^ theirs)])


def lines(file: Path) -> list[str]:
    """Return the lines of a page; none where there is none."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def compare(one: Path, other: Path) -> int:
    """Print what differs between two folders; return the exit status."""
    found = differences(one, other)
    count = len(pages(one) | pages(other))
    print(f"{count} pages, {len(found)} of them different")
    for name in found[:SHOWN]:
        versions = (lines(one / name), lines(other / name))
        names = (str(one / name), str(other / name))
        print(*difflib.unified_diff(*versions, *names, lineterm=""), sep="\n")
    if rest := found[SHOWN:]:
        print("also different:", *rest, sep="\n")
    return 1 if found or not count else 0


def folder_of_pages(name: str) -> Path:
    """Return the path of a folder that is there."""
    if not Path(name).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {name}")
    return Path(name)


def main() -> int:
    """Write the pages, or compare two folders of them; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m newsroom.dev.page_html",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, nargs="?", metavar="OUT_DIR")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="a month of back issues")
    parser.add_argument(
        "--compare", type=folder_of_pages, nargs=2, metavar=("DIR_A", "DIR_B"), help="and no more"
    )
    given = parser.parse_args()
    if given.compare:
        return compare(*given.compare)
    if given.folder is None or (given.folder.exists() and any(given.folder.iterdir())):
        parser.error("name a folder that is empty or not there yet")
    print(f"{write(given.folder, given.archive)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
