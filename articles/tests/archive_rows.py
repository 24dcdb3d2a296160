"""Invented lines of an archive, and running the two commands on them."""

import gzip
import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from articles.archived.clippings import Where
from articles.archived.reading import read
from articles.archiving.storing import store

DAY = "2019-10-01"


def row(*, date=DAY, page=1, order=1, **facts) -> dict:
    """Return a plain line; `facts` are added to it or take the place of what it has."""
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
    """Write rows to a file, gzipped where its name says so; return it."""
    data = b"".join(map(line, rows))
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def clippings(*rows: dict) -> list:
    """Return rows as they are read."""
    return [read(line(each), Where("a.jsonl", number)) for number, each in enumerate(rows, 1)]


def stored(*rows: dict, **options):
    """Store the rows of one issue; return what came of it."""
    return store(clippings(*rows), **options)


def run(name: str, *arguments, **options) -> tuple[int, str, str]:
    """Run a command; return its exit status and what it says on both ways out."""
    said, told = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=said, stderr=told, **options)
    except SystemExit as end:
        return end.code, said.getvalue().strip(), told.getvalue().strip()
    return 0, said.getvalue().strip(), told.getvalue().strip()


def exported(tmp_path: Path, *arguments) -> list[dict]:
    """Export what is stored; return the rows."""
    run("export_archive", tmp_path / "out.jsonl", *arguments)
    return [json.loads(each) for each in (tmp_path / "out.jsonl").read_bytes().splitlines()]
