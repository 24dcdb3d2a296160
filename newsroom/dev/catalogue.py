"""The words that the code and the templates show, and their Chinese.

`make messages` runs it: it enters new messages, drops those no longer used, and compiles. What
is left to translate stands empty in the catalogue.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "articles" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# What each function is given: the message, the context before it, the plural after it.
CALLS = {
    "_": "m",
    "gettext": "m",
    "gettext_lazy": "m",
    "gettext_noop": "m",
    "ngettext": "mp",
    "ngettext_lazy": "mp",
    "pgettext": "cm",
    "pgettext_lazy": "cm",
    "npgettext": "cmp",
    "npgettext_lazy": "cmp",
}
# templatize() turns a template into such calls, each argument a literal of its own.
TEMPLATE_CALL = re.compile(
    r"\b(n?p?gettext|_)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?)+)", re.S
)


class Message(NamedTuple):
    """A message as the catalogue finds it."""

    id: str
    context: str | None = None
    plural: str | None = None


def message(call: str, texts: list[str]) -> Message:
    """Return what a call with these literal texts looks up."""
    given = dict(zip(CALLS[call], texts, strict=False))
    return Message(given["m"], given.get("c"), given.get("p"))


def in_code(source: str) -> Iterator[Message]:
    """Give the messages of a Python module; raises ValueError where one is not a literal."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in CALLS:
            yield message(name, [literal(text) for text in node.args[: len(CALLS[name])]])


def literal(node: ast.expr) -> str:
    """Return a string written out in the source."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError(f"a message is written out, not computed: {ast.unparse(node)}")


def in_template(text: str) -> Iterator[Message]:
    """Give the messages of a template."""
    for name, arguments in TEMPLATE_CALL.findall(templatize(text)):
        texts = ast.literal_eval(f"[{arguments.rstrip().rstrip(',')}]")
        yield message(name, texts)


def used() -> dict[Message, str]:
    """Return every message of the code and the templates, with a place where it is used."""
    found = {}
    for folder in ("articles", "newsroom", "templates"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "tests" not in path.parts:
                found |= dict.fromkeys(in_code(path.read_text()), str(path.relative_to(ROOT)))
        for path in sorted((ROOT / folder).rglob("*.html")):
            found |= dict.fromkeys(in_template(path.read_text()), str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.txt")):
        found |= dict.fromkeys(in_template(path.read_text()), str(path.relative_to(ROOT)))
    return {wanted: place for wanted, place in found.items() if wanted.id}


def key(entry: polib.POEntry) -> Message:
    """Return what a catalogue's entry answers to."""
    return Message(entry.msgid, entry.msgctxt or None, entry.msgid_plural or None)


def renew(catalogue: polib.POFile) -> None:
    """Enter the messages that are new, and drop those that are gone."""
    wanted = used()
    kept = [entry for entry in catalogue if key(entry) in wanted]
    for new in wanted.keys() - {key(entry) for entry in kept}:
        entry = polib.POEntry(msgid=new.id, msgctxt=new.context)
        if new.plural:
            entry.msgid_plural, entry.msgstr_plural = new.plural, {0: ""}
        kept.append(entry)
    catalogue[:] = sorted(kept, key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def main() -> None:
    """Renew and compile the catalogue; say what is left to translate."""
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=100)
    renew(catalogue)
    catalogue.save()
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    left = catalogue.untranslated_entries()
    print(f"{len(catalogue)} messages, {len(left)} to translate in {CATALOGUE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
