"""Addresses of an earlier site: their written form, patterns with named parts. No Django here.

/html/2019-10/12/content_123_4567.htm           one address
/html/{year}-{month}/{day}/node_{page}.htm      all of a shape
/content.aspx?id=123                            with the parameters that matter
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from urllib.parse import parse_qsl, unquote, urlsplit

# What each named part stands for. The letters of a page are those of its label.
PARTS = {
    "year": "[12][0-9]{3}",
    "month": "[0-9]{1,2}",
    "day": "[0-9]{1,2}",
    "page": "[A-Za-z]{0,3}[0-9]{1,3}",
    "id": "[0-9]{1,20}",
    "any": "[^/?]{1,200}",
}
PART = re.compile(r"\{([^{}]*)\}")
BROKEN = re.compile("[\udc80-\udcff]")
# A search is quick for any address where at most two parts are of any length.
MOST_ANY = 2
# More parameters than this are no address of an old site; each doubles what is looked up.
MOST_PARAMETERS = 4
LONGEST = 500
Values = Mapping[str, str]


def normalize(text: str) -> str:
    """Return an old address as it is stored: no host, no %XX, its parameters in order.

    The host of a whole address is left out, because it is the earlier site's own.
    """
    split = urlsplit(text.strip())
    parameters = parse_qsl(split.query, keep_blank_values=True)
    return join(_decoded(split.path) or "/", sorted(parameters))


def _decoded(path: str) -> str:
    """Return a path without %XX, but those of bytes that are no UTF-8, as Django reads a path."""
    text = unquote(path, errors="surrogateescape")
    return BROKEN.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", text)


def join(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Return a path with parameters, not encoded."""
    query = "&".join(f"{name}={value}" for name, value in parameters)
    return f"{path}?{query}" if query else path


def candidates(path: str, parameters: Sequence[tuple[str, str]]) -> list[str]:
    """Return the old addresses that may be meant by one that is asked for, the fullest first.

    Parameters that an old site did not need (where a reader came from) may stand beside others.
    What holds a NUL is none, and PostgreSQL takes none.
    """
    given = sorted(parameters[:MOST_PARAMETERS])
    sizes = range(len(given), -1, -1)
    found = [join(path, some) for size in sizes for some in combinations(given, size)]
    return [each for each in dict.fromkeys(found) if len(each) <= LONGEST and "\0" not in each]


@dataclass(frozen=True)
class Pattern:
    """An old address with named parts."""

    text: str

    @property
    def parts(self) -> list[str]:
        """The names of its parts, in order."""
        return PART.findall(self.text)

    @property
    def specificity(self) -> tuple:
        """A key that sorts the most specific first: with parameters, with most that is fixed."""
        fixed = len(PART.sub("", self.text))
        return -self.text.count("="), -fixed, len(self.parts), self.text

    def match(self, address: str) -> Values | None:
        """Return the value of each part of an address; None for one of another shape."""
        found = self._expression.fullmatch(address)
        return found.groupdict() if found else None

    @cached_property
    def _expression(self) -> re.Pattern:
        return _compiled(self.text)


@lru_cache(maxsize=1_000)
def _compiled(text: str) -> re.Pattern:
    pieces, seen = PART.split(text), set()
    found = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            found.append(re.escape(piece))
        elif piece == "any":
            found.append(PARTS[piece])
        else:
            found.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>{PARTS[piece]})")
            seen.add(piece)
    return re.compile("".join(found), re.ASCII)


def best_match(patterns: Iterable[str], addresses: Sequence[str]) -> tuple[str, Values] | None:
    """Return the most specific pattern that fits one of some addresses, and its values."""
    for pattern in sorted(map(Pattern, patterns), key=lambda each: each.specificity):
        for address in addresses:
            values = pattern.match(address)
            if values is not None:
                return pattern.text, values
    return None


def fill(target: str, values: Values) -> str:
    """Return a target with the values of its parts, written as in our own addresses."""
    return PART.sub(lambda found: _written(found[1], values[found[1]]), target)


def _written(name: str, value: str) -> str:
    return value.zfill(2) if name in ("month", "day") else value.upper()


# 数字报 shapes: the date, then a page or an article in it.
DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<a>[-/]?)(?P<month>\d\d)(?P<b>[-/]?)(?P<day>\d\d)(?=\D)"
)
PAGE = re.compile(r"((?:node|nbs\.[A-Z]\d+[a-z]*|l|page|layout)_?)([A-Z]{0,3}\d{1,3})(?=\.\w+$)")


def suggest(address: str) -> tuple[str, str] | None:
    """Return the pattern of an address that holds a date, and where it may lead; else None."""
    path = address.partition("?")[0]
    if "{" in path or not (dated := DATE.search(path)):
        return None
    head, rest = path[: dated.start()], path[dated.end() :]
    date = f"{{year}}{dated['a']}{{month}}{dated['b']}{{day}}"
    if PAGE.search(rest):
        return head + date + PAGE.sub(r"\1{page}", rest), "/{year}-{month}-{day}/{page}/"
    rest = rest.replace(dated["year"] + dated["month"] + dated["day"], "{year}{month}{day}")
    return head + date + _with_any(rest), "/{year}-{month}-{day}/"


def _with_any(rest: str) -> str:
    """Return the rest of an address with whatever tells articles of a day apart as one part."""
    return re.sub(r"\d[\d_-]*(?=\.\w+$)", "{any}", rest)
