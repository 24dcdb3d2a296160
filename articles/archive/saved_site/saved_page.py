"""What one saved page says: an article with its place in the paper, or the list of a page."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

from articles.old_addresses.patterns import DATE

from .page_parser import CONTENT, PageParser, Picture

PAGE_NAME = re.compile(
    r"第?\s*([A-Z]{0,3}[0-9]{1,3})\s*版\s*(?:[:：\-—]\s*)?([^\s<>|_\-—()（）]{0,20})"
)
INDEX_NAME = re.compile(r"^(?:node|nbs|layout|index|default|l\d|page)", re.I)
# nw.D110000wjrb_20191012_1-01.htm: the first article of page 01.
NAMED_PLACE = re.compile(r"_(\d{1,3})-([A-Z]{0,3}\d{1,3})\.\w+$")
# node_1.htm, nbs.D110000wjrb_01.htm, l01.htm
NUMBER = re.compile(r"(?:^l|[_.])([A-Z]{0,3}\d{1,3})\.\w+$")
BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*(?:x-x-)?big5", re.I)
COMMON = re.compile("[，。、：；的一不人在有]")
# What commas, stops and 的 of Big5 are as GB18030: characters of private use.
BIG5_AS_GB = re.compile("[{}]".format("，、。的".encode("cp950").decode("gb18030")))
BREAKS = re.compile(r"\s*(?:<br\s*/?>|\n)\s*", re.I)


class Problem(StrEnum):
    """What is wrong with a file, or not certain."""

    DAMAGED = auto()
    NO_TEXT = auto()
    NO_DATE = auto()
    NO_PAGE = auto()
    TOO_LARGE = auto()
    UNREADABLE = auto()
    REFUSED = auto()
    CUT = auto()
    LOST_CHARACTER = auto()
    TABLE = auto()
    LOST_PICTURE = auto()
    LIST_TEXT = auto()


class UnreadablePageError(Exception):
    """A saved page holds no article that could be stored."""

    def __init__(self, problem: Problem, detail: str = ""):
        super().__init__(problem)
        self.problem, self.detail = problem, detail


@dataclass(slots=True)
class SavedPage:
    """What was read of one file; `label` is "" and `place` 0 where it does not say them."""

    issued_on: date | None
    label: str
    page_name: str
    place: int
    headings: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_index: bool = False
    problems: list[Problem] = field(default_factory=list)


def decode_page(raw: bytes) -> str:
    """Return the text of a file in UTF-8, GB18030 or Big5; raise UnreadablePageError for any other.

    What the page itself says of its encoding is wrong where it was saved by another program.
    """
    text = _decoded(raw, "utf-8-sig")
    if text is None:
        text = _chinese(raw)
    if text is None:
        raise UnreadablePageError(Problem.DAMAGED)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _chinese(raw: bytes) -> str | None:
    """Return the text of a file in GB18030 or Big5, None for any other.

    Nearly all of Big5 can be decoded as GB18030, as nonsense: but its commas are of private use
    there. The other way round less can, and commas are letters.
    """
    text, says_big5 = _decoded(raw, "gb18030"), bool(BIG5.search(raw[:4_096]))
    is_doubtful = text is None or bool(BIG5_AS_GB.search(text))
    if not is_doubtful and not says_big5:
        return text
    big5 = _decoded(raw, "cp950")
    in_gb, in_big5 = (len(COMMON.findall(found or "")) for found in (text, big5))
    if big5 is None:
        return None if is_doubtful and (says_big5 or not in_gb) else text
    if text is None:
        return big5 if in_big5 or says_big5 else None
    is_big5 = in_big5 > in_gb or (in_big5 == in_gb and is_doubtful and says_big5)
    return big5 if is_big5 else text


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def read_page(raw: bytes, path: str) -> SavedPage:
    """Read one file; `path` is where it is in the folder. Raises UnreadablePageError."""
    parsed = PageParser.parse(decode_page(raw))
    paragraphs = next((parsed.texts[kind] for kind in CONTENT if parsed.texts.get(kind)), [])
    name = path.rpartition("/")[2]
    is_index = _is_index(parsed, name, has_text=bool(paragraphs))
    label, page_name, place = _page(parsed, name, is_index=is_index)
    page = SavedPage(
        issued_on=_date(parsed, path),
        label=label,
        page_name=page_name,
        place=place,
        headings={name: _heading(parsed, name) for name in ("kicker", "headline", "deck")},
        paragraphs=[] if is_index else paragraphs,
        pictures=parsed.pictures,
        links=[href for href, _title in parsed.links],
        is_index=is_index,
    )
    page.headings["author"] = _first(parsed, "author") or parsed.properties.get("author", "")
    if not is_index:
        _check(page, parsed)
    elif paragraphs:
        page.problems.append(Problem.LIST_TEXT)
    return page


def _is_index(parsed: PageParser, name: str, *, has_text: bool) -> bool:
    """Tell whether a file is the list of a page: by what it holds, by its name.

    A page with a text needs both, for articles may show the list of their page beside them.
    """
    signs = parsed.has_list, bool(INDEX_NAME.match(name))
    return all(signs) and not parsed.properties.get("articleid") if has_text else any(signs)


def _check(page: SavedPage, parsed: PageParser) -> None:
    """Raise UnreadablePageError for what is no article; note what is doubtful."""
    if not page.paragraphs and not page.pictures:
        raise UnreadablePageError(Problem.NO_TEXT)
    if page.issued_on is None:
        raise UnreadablePageError(Problem.NO_DATE)
    words = "".join([*page.headings.values(), *page.paragraphs])
    page.problems += [Problem.CUT] if parsed.is_cut else []
    page.problems += [Problem.LOST_CHARACTER] if "\ufffd" in words else []
    page.problems += [Problem.TABLE] if parsed.has_table else []


# Where each heading stands, the most exact first; a property of the comment goes before plain HTML.
PLACES = {"kicker": ("introtitle", "h3"), "headline": ("title", "h1"), "deck": ("subtitle", "h2")}


def _heading(parsed: PageParser, name: str) -> str:
    """Return a heading in one line; a break in it is a blank."""
    stated, plain = PLACES[name]
    texts = parsed.texts
    found = " ".join(texts.get(name, ())) or parsed.properties.get(stated, "")
    is_marked = any(texts.get(each) for each in PLACES) or "title" in parsed.properties
    if not found and not is_marked:
        found = _first(parsed, plain)
    return BREAKS.sub(" ", found).strip(" \u3000\u00a0")


def _first(parsed: PageParser, kind: str) -> str:
    return next(iter(parsed.texts.get(kind, ())), "")


def _date(parsed: PageParser, path: str) -> date | None:
    """Return the date of the paper: of the address, which is the paper's, or of the metadata."""
    for text in (path, parsed.properties.get("date", "") + " "):
        if found := DATE.search(text):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                continue
    return None


def _page(parsed: PageParser, name: str, *, is_index: bool) -> tuple[str, str, int]:
    """Return the label of a page, its name, and the place of an article on it.

    The name of the file tells it only of the list of a page: that of an article holds its id.
    """
    place, titles = NAMED_PLACE.search(name), parsed.texts.get("title", [])
    stated = [parsed.properties.get("nodename", ""), *titles]
    found = next((match for text in stated if (match := PAGE_NAME.search(text))), None)
    number = NUMBER.search(name)
    if place:
        return written_label(place[2]), found[2] if found else "", int(place[1])
    if found:
        return written_label(found[1]), found[2], 0
    return written_label(number[1]) if number and is_index else "", "", 0


def written_label(label: str) -> str:
    """Return the label of a page as an archive has it: 1 is 01."""
    return label.zfill(2) if label.isdigit() else label
