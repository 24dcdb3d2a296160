"""Read a folder of saved pages: the lines of an archive, and where the old addresses lead.

The lists of pages are read first, because they know the order of the articles; then the articles,
folder by folder, so that few are in memory at a time.
"""

import json
import os
import posixpath
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

from articles.archive.format.printed_text import MAX_NAME, MAX_ROLE, parse_opening
from articles.archive.format.reader import parse_record
from articles.archive.format.record_errors import RecordError
from articles.archive.format.records import SourceLine, default_uid
from articles.archive.format.writer import page_of
from articles.intake.parse.lead_ins import parse_bylines

from .page_parser import Picture
from .saved_page import INDEX_NAME, Problem, SavedPage, UnreadablePageError, read_page

HTML = re.compile(r"\.s?html?$", re.I)
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.I)
LARGEST = 5_000_000
# The UUID namespace of pictures of saved sites: the same picture has the same uid in each run.
PICTURES = uuid.UUID("5d2f6c1e-7a34-5b0f-8f6e-1c9a4b7d2e80")


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a file, or not certain; `is_lost` says that nothing of it was read."""

    path: str
    problem: Problem
    detail: str = ""
    error: RecordError | None = None
    is_lost: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the list of a page has an article."""

    label: str
    page_name: str
    place: int


@dataclass(slots=True)
class SavedSite:
    """A folder of saved pages. `told` grows while it is read; `photos` is where pictures go."""

    folder: Path
    photos: Path | None = None
    prefix: str = ""
    told: list[Told] = field(default_factory=list)
    redirects: list[tuple[str, str]] = field(default_factory=list)
    article_count: int = 0
    _listed: dict[str, Listed] = field(default_factory=dict)
    _taken: dict[tuple[date, str], set[int]] = field(default_factory=dict)

    def files(self) -> list[str]:
        """Return the paths of the pages in the folder, folder by folder."""
        found = []
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            inner = Path(folder).relative_to(self.folder).as_posix()
            found += [posixpath.normpath(f"{inner}/{name}") for name in names if HTML.search(name)]
        return sorted(found, key=lambda path: (posixpath.dirname(path), natural(path)))

    def lines(self, files: list[str], tick: Callable[[int], object]) -> Iterator[str]:
        """Give the line of each article; `tick` is told how many files were read."""
        for path in (each for each in files if is_list(each)):
            self._read_list(path)
        for _folder, paths in groupby(files, key=posixpath.dirname):
            pages = {path: self._read(path) for path in paths}
            for path, page in pages.items():
                if page and page.is_index:
                    self._lead_list(path, page)
            articles = {p: page for p, page in pages.items() if page and not page.is_index}
            yield from self._lines_of(articles)
            tick(len(pages))

    def _read(self, path: str) -> SavedPage | None:
        """Return what a file says; None, and a reason told, where it says nothing."""
        file = self.folder / path
        try:
            if file.is_symlink() or file.stat().st_size > LARGEST:
                raise UnreadablePageError(Problem.TOO_LARGE)
            if not self._is_own(file):
                raise UnreadablePageError(Problem.UNREADABLE)
            return read_page(file.read_bytes(), path)
        except UnreadablePageError as error:
            self._tell(path, error.problem)
        except OSError as error:
            self._tell(path, Problem.UNREADABLE, error.strerror or "")
        return None

    def _is_own(self, file: Path) -> bool:
        """Tell whether a file is one of the folder, and no pipe or device. Raises OSError."""
        return file.is_file() and file.resolve().is_relative_to(self.folder.resolve())

    def _tell(self, path: str, problem: Problem, detail: str = "", **told) -> None:
        self.told.append(Told(as_address(path), problem, detail, **told))

    def _read_list(self, path: str) -> None:
        """Note the order in which the list of a page has its articles."""
        count, page = len(self.told), self._read(path)
        del self.told[count:]  # It is read, and told, again.
        if page is None or not page.is_index:
            return
        links = dict.fromkeys(filter(None, (resolved(path, href) for href in page.links)))
        articles = [link for link in links if HTML.search(link) and not is_list(link)]
        for place, link in enumerate(articles, 1):
            self._listed.setdefault(link, Listed(page.label, page.page_name, place))

    def _lead_list(self, path: str, page: SavedPage) -> None:
        """Lead the address of a list to the page of the paper."""
        if page.issued_on:
            day = page.issued_on.isoformat()
            target = f"/{day}/{page.label}/" if page.label else f"/{day}/"
            self.redirects.append((self._address(path), target))
        for problem in page.problems:
            self._tell(path, problem, is_lost=False)

    def _lines_of(self, articles: dict[str, SavedPage]) -> Iterator[str]:
        """Give the lines of the articles of one folder, each in its place on its page."""
        placed = []
        for path, page in articles.items():
            listed = self._listed.get(path)
            label = page.label or (listed.label if listed else "")
            if not label:
                self._tell(path, Problem.NO_PAGE)
                continue
            if listed and listed.label in ("", label):
                page.page_name = page.page_name or listed.page_name
                page.place = page.place or listed.place
            placed.append((page.place or LAST, path, page, label))
        for place, path, page, label in sorted(placed, key=lambda each: each[0]):
            order = self._order(page.issued_on, label, place)
            line = self._line(path, page, label, order)
            if line is not None:
                yield line

    def _order(self, day: date, label: str, place: int) -> int:
        """Return a place that is still free: the article's own, or the next after all others."""
        taken = self._taken.setdefault((day, label), set())
        order = place if place < LAST and place not in taken else max(taken, default=0) + 1
        taken.add(order)
        return order

    def _line(self, path: str, page: SavedPage, label: str, order: int) -> str | None:
        values = {"date": page.issued_on.isoformat(), "page": page_of(label), "order": order}
        values |= {name: page.headings[name] for name in ("kicker", "headline", "deck")}
        values |= self._pictures(path, page)
        values |= {"paragraphs": page.paragraphs} | _bylines(page)
        if page.page_name:
            values["page_name"] = page.page_name
        line = json.dumps(values, ensure_ascii=False)
        try:
            parse_record(line.encode("utf-8", "surrogatepass"), SourceLine(as_address(path), 1))
        except RecordError as error:
            self._tell(path, Problem.REFUSED, error=error)
            return None
        for problem in page.problems:
            self._tell(path, problem, is_lost=False)
        self.redirects.append(
            (self._address(path), f"uid:{default_uid(page.issued_on, 1, label, order)}")
        )
        self.article_count += 1
        return line

    def _pictures(self, path: str, page: SavedPage) -> dict:
        """Return captions and photos; the words of a picture that is lost go to the text."""
        captions, photos = {}, {}
        for picture in page.pictures:
            words = "\n".join(picture.words) or picture.alt
            record = self._copied(path, picture)
            if record is None:
                self._tell(path, Problem.LOST_PICTURE, picture.src, is_lost=False)
                page.paragraphs += picture.words
                continue
            uid = record["uid"]
            if uid in captions and "\n".join(picture.words) not in captions[uid]["words"]:
                words = "\n".join([captions[uid]["words"], *picture.words])
            elif uid in captions:
                continue
            captions[uid], photos[uid] = {"photo": uid, "words": words}, record
        found = {"captions": [*captions.values()], "photos": [*photos.values()]}
        return found if captions else {}

    def _copied(self, path: str, picture: Picture) -> dict | None:
        """Copy the file of a picture; return its uid and name, None where there is none."""
        source = resolved(path, picture.src)
        if self.photos is None or source is None or not PICTURE.search(source):
            return None
        uid = str(uuid.uuid5(PICTURES, as_address(source)))
        name = uid + posixpath.splitext(source)[1].lower()
        if not (self.photos / name).exists():
            try:
                file = self.folder / source
                picture_file = file.open("rb") if self._is_own(file) else None
            except OSError:  # a name that is too long, or what may not be read
                picture_file = None
            if picture_file is None:
                return None
            with picture_file, (self.photos / f".{name}").open("wb") as copy:
                shutil.copyfileobj(picture_file, copy)
            (self.photos / f".{name}").replace(self.photos / name)
        return {"uid": uid, "file": name}

    def _address(self, path: str) -> str:
        return f"{self.prefix}/{as_address(path)}"


# The place of an article that no list has: after all others.
LAST = 10_000


def as_address(path: str) -> str:
    """Return a path as it can be written: bytes of its name that are no UTF-8 as in an address."""
    return re.sub("[\udc80-\udcff]", lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", path)


def is_list(path: str) -> bool:
    """Tell by its name whether a file is the list of a page."""
    return bool(INDEX_NAME.match(posixpath.basename(path)))


def natural(path: str) -> list:
    """Return a key that sorts content_9 before content_10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", path)]


def resolved(path: str, href: str) -> str | None:
    """Return the path in the folder that a link of a page leads to; None outside of it."""
    try:
        split = urlsplit(href.strip())
    except ValueError:
        return None
    if split.scheme or split.netloc or not split.path:
        return None
    inner = unquote(split.path)
    base = "" if inner.startswith("/") else posixpath.dirname(path)
    found = posixpath.normpath(posixpath.join(base, inner.lstrip("/")))
    is_inside = not found.startswith("..") and "\0" not in found
    return found if is_inside else None


def _bylines(page: SavedPage) -> dict:
    """Return the author where the text does not print one; the words stay as they stand there."""
    author = " ".join(page.headings["author"].split())
    if not author or parse_opening(page.paragraphs)[1] or author in "".join(page.paragraphs):
        return {}
    found = [(name.house + name.role, name.name) for name in parse_bylines(author) or ()]
    roles = [role for role, _name in found]
    written = [
        (role if role not in roles[max(0, at - 1) : at] else "") + name
        for at, (role, name) in enumerate(found)
    ]
    is_exact = "".join(written) == re.sub(r"[\s、，]", "", author) and all(
        len(role) <= MAX_ROLE and len(name) <= MAX_NAME for role, name in found
    )
    if is_exact:
        return {"bylines": [{"role": role, "name": name} for role, name in found]}
    if len(author) <= MAX_NAME:
        return {"bylines": [{"role": "", "name": author}]}
    page.paragraphs.append(author)
    return {}
