"""Cite an article: one line as GB/T 7714—2015 has it, BibTeX, RIS. No query, no request.

Words are given as printed; what a format cannot hold (line ends) becomes a space.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from articles.content import copy

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What BibTeX and LaTeX take for something else. A brace counts even behind a backslash.
BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%$&#_"},
    }
)
# An address is taken to the letter, but may not end the field.
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the facts of one printed article."""

    number: int
    paper: str
    day: date
    page: str
    authors: tuple[str, ...]
    title: str
    address: str

    @property
    def line(self) -> str:
        """One line: 徐梦超, 徐帆. 标题[N]. 武进日报, 2024-07-27(A1). https://…"""
        authors = f"{', '.join(self.authors)}. " if self.authors else ""
        place = f"{self.paper}, {self.day.isoformat()}({self.page})"
        return _one_line(f"{authors}{self.title}[N]. {place}. {self.address}")

    def bibtex(self) -> str:
        """Return a BibTeX entry; every author is in braces, so that none is split at a space."""
        fields = {
            "author": " and ".join(f"{{{_escaped(name)}}}" for name in self.authors),
            "title": f"{{{_escaped(self.title)}}}",
            "journal": _escaped(self.paper),
            "year": str(self.day.year),
            "month": MONTHS[self.day.month - 1],
            "day": str(self.day.day),
            "pages": _escaped(self.page),
            "url": _one_line(self.address).translate(ADDRESS),
            "langid": "chinese",
        }
        lines = [
            f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
            for name, value in fields.items()
            if value
        ]
        return "\n".join([f"@article{{article{self.number},", *lines, "}", ""])

    def ris(self) -> str:
        """Return a RIS record, each line a tag and its value."""
        facts = [
            ("TY", "NEWS"),
            *(("AU", name) for name in self.authors),
            ("TI", self.title),
            ("T2", self.paper),
            ("PY", str(self.day.year)),
            ("DA", self.day.strftime("%Y/%m/%d")),
            ("SP", self.page),
            ("LA", "zh"),
            ("UR", self.address),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in facts)


def authors_of(bylines: Sequence, source: str) -> tuple[str, ...]:
    """Return who wrote an article: its bylines, the credits of pictures only where alone.

    Where nobody signed, the source it came from.
    """
    writers = [byline.name for byline in bylines if not copy.is_credit(byline)]
    names = writers or [byline.name for byline in bylines] or [source]
    return tuple(name for name in names if name.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _one_line(text).translate(BIBTEX)
