"""Collect the text of HTML as paragraphs, without a change of a character that prints."""

import re

WHITE = re.compile(r"[ \t\r\n\f]+")
# What stands before and after a paragraph is its setting: indents, blanks of any kind.
EDGES = " \t\r\n\f\u00a0\u3000"
INDENT = ("\u3000\u3000", "\u00a0\u00a0")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]")


class TextBlocks:
    """Paragraphs, as their parts come in; a line break is a new line inside of one."""

    def __init__(self):
        self.paragraphs: list[str] = []
        self._lines: list[list[str]] = [[]]

    def add(self, text: str) -> None:
        """Add text to the line that is open."""
        self._lines[-1].append(text)

    def break_line(self) -> None:
        """End a line."""
        self._lines.append([])

    def end(self) -> list[str]:
        """End a paragraph; return all so far.

        Old pages set paragraphs with line breaks: an indent or an empty line begins one.
        """
        lines = [collapse("".join(parts)) for parts in self._lines]
        self._lines, found = [[]], [""]
        for line in lines:
            text = line.strip(EDGES)
            if not text or line.startswith(INDENT):
                found.append(text)
            else:
                found[-1] = f"{found[-1]}\n{text}" if found[-1] else text
        self.paragraphs += [text for text in found if text]
        return self.paragraphs


def collapse(text: str) -> str:
    """Return text with white space as a browser shows it; a line end between Han is none."""

    def shown(found: re.Match) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        is_source_line = "\n" in found[0] and WIDE.fullmatch(before) and WIDE.fullmatch(after)
        return "" if is_source_line else " "

    return WHITE.sub(shown, text)
