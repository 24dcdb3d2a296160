"""Generated lines of an archive, and running the two commands on them."""

import gzip
import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from articles.archive.format import fields
from articles.archive.format.reader import parse_record
from articles.archive.format.records import SourceLine
from articles.archive.importer import import_issue
from articles.models import Article, Byline, Caption, Issue, Page, Photo

DAY = "2019-10-01"
# The fields of an archive by the models that store them.
TABLES = {
    Issue: fields.ISSUE,
    Page: fields.PAGE,
    Article: fields.ARTICLE + fields.HEADING,
    Byline: fields.BYLINE,
    Caption: fields.CAPTION,
    Photo: fields.PHOTO,
}


def row(*, date=DAY, page=1, order=1, **facts) -> dict:
    """Return the values of a plain line, updated with `facts`."""
    plain = {
        "date": date,
        "page": page,
        "order": order,
        "kicker": "",
        "headline": f"云溪区第{page}版第{order}条新闻",
        "deck": "",
        "paragraphs": [f"{date}，河埠路修好了{order}段。", "　　附近居民前来看路。"],
    }
    return plain | facts


def line(row: dict) -> bytes:
    """Return a row as one line of a file."""
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def written(path: Path, rows: list[dict]) -> Path:
    """Write rows to a file, gzipped where its name ends in .gz; return the file."""
    data = b"".join(map(line, rows))
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def parse_rows(*rows: dict) -> list:
    """Return the records of rows."""
    return [
        parse_record(line(each), SourceLine("a.jsonl", number))
        for number, each in enumerate(rows, 1)
    ]


def stored(*rows: dict, **options):
    """Import the rows of one issue; return the result."""
    return import_issue(parse_rows(*rows), **options)


def run(name: str, *arguments, **options) -> tuple[int, str, str]:
    """Run a command; return its exit status, output and errors."""
    output, errors = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=output, stderr=errors, **options)
    except SystemExit as exit_:
        return exit_.code, output.getvalue().strip(), errors.getvalue().strip()
    return 0, output.getvalue().strip(), errors.getvalue().strip()


def exported(tmp_path: Path, *arguments) -> list[dict]:
    """Export what is stored; return the rows of the file."""
    run("export_archive", tmp_path / "out.jsonl", *arguments)
    return [json.loads(each) for each in (tmp_path / "out.jsonl").read_bytes().splitlines()]
