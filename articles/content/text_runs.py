"""Runs of text with their marks, cut into paragraphs, and written as HTML. No Django here."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import characters

# Blanks with which a paragraph is set in: two of them are no accident.
TYPED_INDENT = re.compile(r"^(?: *\t| {2,})[ \t]*")
WIDE = re.compile("[\u3000\u00a0\u2002\u2003]")
INDENTED = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one set of marks."""

    text: str
    is_strong: bool = False
    raised: str = ""
    href: str = ""

    @property
    def marks(self) -> tuple[bool, str, str]:
        """What a run has in common with its neighbour to be one with it."""
        return self.is_strong, self.raised, self.href


BREAK = Run("\n\n")
Line = list[Run]


def source_lines(text: str, *, is_preformatted: bool) -> list[str]:
    """Return the lines of a text: a new line of the source is a blank, unless preformatted."""
    if not is_preformatted:
        return characters.LINE_END.split(text)
    first, *others = characters.end_lines(text).split("\n")
    return [first, *(TYPED_INDENT.sub("\u3000\u3000", line) for line in others)]


def paragraphs(runs: Sequence[Run]) -> list[Line]:
    """Return the paragraphs of runs with breaks, none of them blank, none set in.

    An empty line ends a paragraph, and so does a break before a line that is set in. Other
    breaks stay.
    """
    found: list[Line] = []
    is_new = True
    for line in map(_tidied, _lines(runs)):
        if not _text(line).strip():
            is_new = True
        elif is_new or _is_indented(line) or not found:
            found.append(_without_indent(line))
            is_new = False
        else:
            found[-1] += [BREAK, *line]
    return found


def _lines(runs: Sequence[Run]) -> Iterator[Line]:
    line: Line = []
    for run in runs:
        if run is BREAK:
            yield line
            line = []
        else:
            line.append(run)
    yield line


def _tidied(line: Line) -> Line:
    """Join neighbours of the same marks; a line end of the source is a blank, or nothing."""
    merged: list[list[Run]] = []
    for run in line:
        if merged and merged[-1][0].marks == run.marks:
            merged[-1].append(run)
        elif run.text:
            merged.append([run])
    runs = [replace(each[0], text="".join(run.text for run in each)) for each in merged]
    runs = [replace(run, text=_one_line_end(run.text)) for run in runs]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip("\n"))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip("\n"))
    return [replace(run, text=run.text.replace("\n", " ")) for run in runs if run.text]


def _one_line_end(text: str) -> str:
    """Return a text with one line end for a run of them, and no blanks around it."""
    first, *others = text.split("\n")
    if not others:
        return text
    inner = (part.strip(" \t") for part in others[:-1])
    return "\n".join([first.rstrip(" \t"), *filter(None, inner), others[-1].lstrip(" \t")])


def _text(line: Line) -> str:
    return "".join(run.text for run in line)


def _is_indented(line: Line) -> bool:
    text = _text(line)
    return len(WIDE.findall(text[: len(text) - len(text.lstrip())])) >= INDENTED


def _without_indent(line: Line) -> Line:
    text = _text(line)
    return drop_start(line, len(text) - len(text.lstrip()))


def drop_start(line: Line, number: int) -> Line:
    """Return a line without its first characters."""
    for at, run in enumerate(line):
        if number < len(run.text):
            return [replace(run, text=run.text[number:]), *line[at + 1 :]] if number else line[at:]
        number -= len(run.text)
    return []


def line_html(line: Line) -> str:
    """Return a line as stored HTML; what a raised run marks is inside its weight and link."""
    return "".join("<br>" if run is BREAK else _marked(run) for run in line)


def _marked(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    if run.raised:
        text = f"<{run.raised}>{text}</{run.raised}>"
    if run.is_strong:
        text = f"<strong>{text}</strong>"
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text
