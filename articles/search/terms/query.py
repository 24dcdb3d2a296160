"""What somebody typed into the search box, parsed.

Words are separated by spaces and must all be found; “a phrase”, 「a phrase」 or "a phrase" keeps
its spaces; −word leaves out. 作者: 栏目: 版: (author:, column:, page:) narrow; 2024, 2024-07 and
2024-07-01..2024-07-27 are dates where they have a hyphen or two dots.
"""

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date

from .normal import normalise

# The most characters of a query, and the most words in it.
LONGEST, MOST_WORDS = 100, 12
FIELDS = {
    **dict.fromkeys(["作者", "记者", "author"], "names"),
    **dict.fromkeys(["栏目", "column"], "columns"),
    **dict.fromkeys(["版", "版面", "page"], "pages"),
}
# How each field is written back into an address.
FIELD_NAMES = {"names": "作者", "columns": "栏目", "pages": "版"}
QUOTED = r"“[^”]*”?|「[^」]*」?|\"[^\"]*\"?"
PART = re.compile(
    rf"(?P<minus>[-−－]?)(?:(?P<field>{'|'.join(FIELDS)})[:：])?(?P<word>{QUOTED}|[^\s“「\"]+)",
    re.IGNORECASE,
)
QUOTES = {"“": "”", "「": "」", '"': '"'}
MONTH_OR_DAY = r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?"
DAY = rf"(?:{MONTH_OR_DAY}|[0-9]{{4}})"
DATES = re.compile(rf"(?P<first>{DAY})?\.\.(?P<last>{DAY})?|(?P<only>{MONTH_OR_DAY})")


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; its words are normalised. `problems` are (code, what was typed)."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    problems: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: a word to leave out alone is nothing to look for."""
        narrows = self.words or self.names or self.columns or self.pages
        return not (narrows or self.since or self.until)

    def between(self, since: date | None, until: date | None) -> "Query":
        """Return it narrowed to some days; a range in the words goes before them."""
        return replace(self, since=self.since or since, until=self.until or until)


def parse(typed: str) -> Query:
    """Parse what was typed; what makes no sense is among the `problems`, and left out."""
    found: dict[str, list[str]] = {name: [] for name in ("words", "without", *FIELD_NAMES)}
    problems: list[tuple[str, str]] = []
    days: tuple[date | None, date | None] = (None, None)
    if len(typed) > LONGEST:
        problems.append(("too_long", typed[LONGEST:]))
        typed = typed[:LONGEST]
    for part in PART.finditer(typed):
        word, target = part["word"], FIELDS.get((part["field"] or "").lower(), "words")
        if target == "words" and not part["minus"] and DATES.fullmatch(word):
            if (span := parse_days(word)) is None:
                problems.append(("bad_date", word))
            else:
                days = span
            continue
        problem = _add(found, target, word, is_left_out=bool(part["minus"]))
        problems += [(problem, part[0])] if problem else []
    if sum(map(len, found.values())) > MOST_WORDS:
        problems.append(("too_many", str(MOST_WORDS)))
        found = {name: words[:MOST_WORDS] for name, words in found.items()}
    if days[0] and days[1] and days[0] > days[1]:
        problems.append(("backwards", ""))
    texts = {name: tuple(dict.fromkeys(words)) for name, words in found.items()}
    return Query(**texts, since=days[0], until=days[1], problems=tuple(problems))


def _add(found: dict[str, list[str]], target: str, word: str, *, is_left_out: bool) -> str:
    """Add a word where it belongs; return the code of a problem, or nothing."""
    closing, problem = QUOTES.get(word[:1]), ""
    if closing:
        is_closed = len(word) > 1 and word.endswith(closing)
        word, problem = word[1 : -1 if is_closed else None], "" if is_closed else "open_quote"
    normal = normalise(word)
    if not normal:
        return "no_word"
    if is_left_out and target != "words":
        return "left_out_field"
    found["without" if is_left_out else target].append(normal)
    return problem


def parse_days(text: str) -> tuple[date | None, date | None] | None:
    """Return the first and the last day of a range as typed; None where it is no range.

    2024-07 → 1 to 31 July 2024; 2024-07-01.. → from that day on.
    """
    found = DATES.fullmatch(text)
    if not found or text == "..":
        return None
    first, last = found["first"] or found["only"], found["last"] or found["only"]
    try:
        return (_day(first, is_last=False), _day(last, is_last=True))
    except ValueError:
        return None


def _day(text: str | None, *, is_last: bool) -> date | None:
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), None, None)[:3]
    if month is None:
        month = 12 if is_last else 1
    if day is None:
        day = calendar.monthrange(year, month)[1] if is_last and 1 <= month <= 12 else 1
    return date(year, month, day)


def parse_day(text: str, *, is_last: bool) -> date | None:
    """Return the day of a form field: 2024-07-01, 2024-07 or 2024. Raises ValueError."""
    text = text.strip()
    if text and not re.fullmatch(DAY, text):
        raise ValueError(text)
    return _day(text, is_last=is_last)


def drop_each(query: Query) -> list[Query]:
    """Return the query without each of its words in turn: what to try where it finds nothing."""
    if len(query.words) < 2:
        return []
    return [
        replace(query, words=query.words[:at] + query.words[at + 1 :])
        for at in range(len(query.words))
    ]


def write(query: Query) -> str:
    """Return a query as it can be typed again, without its days."""
    parts = [_quoted(word) for word in query.words]
    for name, label in FIELD_NAMES.items():
        parts += [f"{label}:{_quoted(word)}" for word in getattr(query, name)]
    return " ".join(parts + [f"-{_quoted(word)}" for word in query.without])


def _quoted(word: str) -> str:
    is_plain = PART.fullmatch(word) and not QUOTES.keys() & {*word}
    is_word = is_plain and not DATES.fullmatch(word) and PART.fullmatch(word)["word"] == word
    if is_word:
        return word
    return f"“{word}”" if "”" not in word else f'"{word}"'
