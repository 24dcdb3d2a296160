"""The screens of the desk speak Chinese as an editor would write it, hidden words included."""

import re

import html5lib
import pytest

from articles.tests.factories import make_caption
from articles.tests.form_helpers import signed_in

pytestmark = pytest.mark.slow

# What is read aloud or shown besides the text of an element.
ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "aria-description", "label")
NO_WORDS = ("script", "style", "template", "textarea", "code")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
# Names of formats, keys and apps, digests, and the members of this test.
KNOWN = re.compile(
    r"\b(?:Word|WPS|HTML|PDF|JPEG|PNG|SVG|WebP|txt|docx?|ICP|UTF|SHA|Alt|Ctrl|Shift|Enter|Esc|TOTP|Microsoft|Google|Authenticator|Aegis|guanli|zhangsan)(?![a-z])"
    r"|\butf-8\b|\b[0-9a-f]{6,}|\{[a-z]+\}|/[\w.{}/-]+"
)
# The word order of a machine, and a reader who is no 您.
ODD = re.compile(r"来修改|增加|添加另一|无可选|你(?!们)|Asia/Shanghai|对象|条形导航")


def words_of(response) -> list[str]:
    """Return every text of a page that somebody may read or hear."""
    root, found = html5lib.parse(response.content.decode(), namespaceHTMLElements=False), []
    for element in root.iter():
        if element.tag in NO_WORDS or not isinstance(element.tag, str):
            continue
        found += [element.text or "", *(element.get(name) or "" for name in ATTRIBUTES)]
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            found.append(element.get("value") or "")
        found += [child.tail or "" for child in element]
    return [" ".join(text.split()) for text in found if text.strip()]


def strange(words: list[str]) -> list[str]:
    """Return the texts that are English, or no Chinese of an editor."""
    return [text for text in words if ENGLISH.search(KNOWN.sub("", text)) or ODD.search(text)]


def test_no_screen_says_a_word_of_english_or_of_a_machine(rows, addresses):
    make_caption(article=rows["article"], photo=rows["photo"])
    desk = signed_in()
    found = {}
    for name, where in addresses.items():
        answer = desk.get(where)
        if "html" in answer["Content-Type"] and name.startswith("admin:"):
            for text in strange(words_of(answer)):
                found.setdefault(text, name)
    assert found == {}
