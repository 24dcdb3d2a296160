"""A document that was read → the draft of an article: fields, body, pictures with captions.

The fields are found by the parser of printed pages (`articles/intake/parse/`) and taken out of
the text by the same rules as the drafts of a page: only where they print the same again. What
stays in the text keeps its lists, tables, bold and raised characters.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import uuid4

from articles.content import characters
from articles.content.article_html import plain_text
from articles.content.figures import figure_html
from articles.content.sanitizer import sanitize
from articles.intake.drafts import Draft, body_parts, length_errors, make_draft
from articles.intake.parse.parser import assemble
from articles.intake.parse.types import HEADS, ParsedArticle
from articles.models import Caption

from .document_lines import Line, label_lines, split_lines
from .word.content import Note, Notes
from .word.conversion import Block, Picture, ReadDocument

# The kinds that say to the parser what an article is; the others are text to it.
TOLD = {*HEADS, "byline", "body", "verse", "source", "signoff", "caption"}
PIECE = re.compile(r"<[^>]*>|&[^;]+;|[^<&]")
MOST_CREDIT = Caption._meta.get_field("credit").max_length


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A picture of a document with the draft of its caption, and the uid that its photo gets."""

    part: str
    alt: str = ""
    words: str = ""
    credit: str = ""
    uid: str = field(default_factory=lambda: str(uuid4()), compare=False)


# The pictures that stand before a line, by its number.
Places = Mapping[int, Sequence[DraftPicture]]
NO_PLACES: Places = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """The draft of a document, its pictures, and what a person should know."""

    draft: Draft
    pictures: tuple[DraftPicture, ...]
    notes: Notes


def make_document_draft(document: ReadDocument, *, columns: Collection[str] = ()) -> DocumentDraft:
    """Return the draft of a document; `columns` are the paper's standing columns."""
    notes = document.notes
    _note_characters(document.content, notes)
    content = split_lines(document.content)
    lines = label_lines([each for each in content if isinstance(each, Line)], columns=columns)
    places, captions = _pictures(content, lines, notes)
    article, draft = read_fields(lines, captions)
    if length_errors([draft]):
        notes.add(Note.HEADINGS_TOO_LONG, number=1)
        lines = [replace(line, kind="summary") for line in lines]
        article, draft = read_fields(lines, captions)
    copy = replace(draft.copy, body=sanitize("".join(remaining_html(article, lines, places))))
    _note_doubts(article, lines, notes, has_headline=bool(copy.headline))
    pictures = (picture for number in places for picture in places[number])
    return DocumentDraft(replace(draft, copy=copy, captions=0), tuple(pictures), notes)


def read_fields(lines: Sequence[Line], captions: Collection[int]) -> tuple[ParsedArticle, Draft]:
    """Return the lines as an article of a page, without the captions, and its draft."""
    blocks = [
        line.as_parsed(number, kind=line.kind if line.kind in TOLD else "summary")
        for number, line in enumerate(lines)
        if number not in captions
    ]
    blocks = [replace(blocks[0], starts_article=True), *blocks[1:]] if blocks else []
    page = assemble(blocks)
    article = page.articles[0] if page.articles else ParsedArticle(())
    return article, make_draft(article)


def remaining_html(
    article: ParsedArticle, lines: Sequence[Line], places: Places = NO_PLACES
) -> Iterator[str]:
    """Yield the HTML of the lines that stay in the text, and the figures between them.

    A lead-in that is a field is cut off. Pictures before or behind all text have no place: the
    layout finds them one.
    """
    done: set[int] = set()
    waiting = dict(places)
    for part in body_parts(article):
        for number in part.lines:
            if number in done:
                continue
            passed = [picture for at in places if at <= number for picture in waiting.pop(at, ())]
            yield from (figure_html(picture.uid) for picture in passed if done)
            done.add(number)
            line = lines[number]
            taken = len(line.text) - len(part.text) if part.kind == "body" else 0
            yield _html(line, taken)


def _html(line: Line, taken: int) -> str:
    """Return a line as HTML without its first `taken` characters."""
    if line.block.tag == "p":
        inner = cut_opening(line.block.inner, taken)
        tag = "h2" if line.kind == "subhead" else "p"
        return f"<{tag}>{inner}</{tag}>"
    return line.block.html


def cut_opening(inner: str, count: int) -> str:
    """Return the inside of a paragraph without its first characters; the mark-up stays."""
    kept = []
    for piece in PIECE.findall(inner):
        is_taken = count > 0 and (not piece.startswith("<") or piece == "<br>")
        count -= is_taken
        if not is_taken:
            kept.append(piece)
    return "".join(kept)


def _pictures(
    content: Sequence[Line | Picture], lines: Sequence[Line], notes: Notes
) -> tuple[dict[int, list[DraftPicture]], set[int]]:
    """Return the pictures by the number of the line after them, and the lines that are captions.

    The line after a picture, or after several, is the caption where its style, its opening or
    its credit says so. In photo news the words are the text: they stay there.
    """
    places: dict[int, list[DraftPicture]] = {}
    captions: set[int] = set()
    for group, number in _picture_groups(content):
        places[number] = [DraftPicture(each.part, each.alt) for each in group]
        if number < len(lines) and (lines[number].kind == "caption" or lines[number].credit):
            captions.add(number)
    if not any(_is_text(line) for number, line in enumerate(lines) if number not in captions):
        return places, set()
    for number in captions:
        words, credit = _words_and_credit(lines[number])
        places[number][0] = replace(places[number][0], words=words, credit=credit)
        notes.add(Note.SHARED_CAPTION, number=len(places[number]) - 1)
    return places, captions


def _is_text(line: Line) -> bool:
    return line.kind in ("body", "summary")


def _picture_groups(content: Sequence[Line | Picture]) -> Iterator[tuple[list[Picture], int]]:
    """Yield pictures that stand together, with the number of the line after them."""
    group: list[Picture] = []
    number = 0
    for each in content:
        if isinstance(each, Picture):
            group.append(each)
            continue
        if group:
            yield group, number
            group = []
        number += 1
    if group:
        yield group, number


def _words_and_credit(line: Line) -> tuple[str, str]:
    """Return the words of a caption, and the credit after them without its brackets."""
    words, credit = line.text, line.credit.strip("（()） \u3000")
    if not line.credit or len(credit) > MOST_CREDIT:
        return words, ""
    return words[: words.rindex(line.credit)].strip(), characters.clean_line(credit)


def _note_characters(content: Sequence[Block | Picture], notes: Notes) -> None:
    """Note the characters that are taken out, and those that only look like others."""
    text = "".join(plain_text(each.html) for each in content if isinstance(each, Block))
    found = characters.find_invisible(text)
    notes.add(Note.INVISIBLE, "、".join(map(characters.code, found)), number=found.total())
    notes.add(Note.DAMAGED, number=text.count("\ufffd"))
    alike = characters.find_look_alikes(text)
    notes.add(Note.LOOK_ALIKES, "".join(alike), number=alike.total())


def _note_doubts(
    article: ParsedArticle, lines: Sequence[Line], notes: Notes, *, has_headline: bool
) -> None:
    """Note what was guessed, or not found."""
    titles = [line for line in lines if line.kind in HEADS]
    strays = [line for line in lines if line.kind == "stray-heading"]
    if not has_headline and article.kind != "photo":
        notes.add(Note.NO_HEADLINE, number=1)
    if any(line.decision.is_doubtful for line in titles):
        notes.add(Note.GUESSED_HEADLINE, number=1)
    if strays:
        notes.add(Note.SEVERAL_ARTICLES, " ".join(line.text for line in strays), number=len(strays))
    if any(part.kind == "lead" for part in body_parts(article)):
        notes.add(Note.LEAD_IN_KEPT, article.first("lead"), number=1)
