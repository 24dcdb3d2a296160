"""A page of HTML in traditional characters: its texts, the attributes that people read, its links.

The page is one of our own, well-formed. No Django here.
"""

import re
from collections.abc import Callable

PREFIX = "/hant"
# A tag whole, or the text up to the next one.
TOKEN = re.compile(r"<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>|[^<]+", re.S)
ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")
HAN = re.compile("[\u3400-\u9fff]")
# Attributes that no reader reads; all others are converted.
# The attributes that hold the address of a page; those of data-… are read by offline/main.js.
ADDRESSES = frozenset({"href", "action", "data-takes-along", "data-issue"})
FOR_MACHINES = frozenset(
    ["href", "src", "srcset", "id", "for", "class", "name", "property", "datetime"]
)
# What has no address in traditional characters: files.
FILES = re.compile(
    r"/(?:static|photos|cards|admin|preview|offline)/|.*\.(?:bib|ris|ico|txt|js|webmanifest|atom|json|xml|pdf|epub)$"
)
# Tags within words: where a line may break, and what holds characters or a line together.
WITHIN = re.compile(r'<wbr>|<span class="[bhk]">|</span>')

PLACE = re.compile("()<wbr>")
HELD = re.compile('<span class="[bhk]">([^<]*)</span>')


def convert_page(html: str, convert: Callable[[str], str]) -> str:
    """Return a page whose texts were converted, and whose links stay among such pages.

    A link with `hreflang` leads to the other script on purpose and stays as it is.
    """
    tokens = TOKEN.findall(html)
    found: list[str] = []
    run: list[str] = []
    for token in tokens:
        if not token.startswith("<") or WITHIN.fullmatch(token):
            run.append(token)
            continue
        found += _texts(run, convert)
        run = []
        found.append(_tag(token, convert) if not token.startswith("<!") else token)
    return "".join(found + _texts(run, convert))


def address(path: str) -> str:
    """Return the address of a page in traditional characters; that of a file stays."""
    if not path.startswith("/") or FILES.match(path) or path.startswith(f"{PREFIX}/"):
        return path
    return PREFIX + path


def plain_words(html: str) -> str:
    """Return a page without the tags within words, so that words are found in it."""
    for pattern in (PLACE, HELD, HELD):
        html = pattern.sub(r"\1", html)
    return html


def _texts(run: list[str], convert: Callable[[str], str]) -> list[str]:
    """Convert texts with tags within words between them as one, so that words stay whole."""
    texts = [part for part in run if not part.startswith("<")]
    whole = convert("".join(texts)) if texts else ""
    if len(whole) != sum(map(len, texts)):
        return [part if part.startswith("<") else convert(part) for part in run]
    found, at = [], 0
    for part in run:
        end = at if part.startswith("<") else at + len(part)
        found.append(whole[at:end] or part)
        at = end
    return found


def _tag(tag: str, convert: Callable[[str], str]) -> str:
    """Convert the attributes of a tag that are read, and lead its link to such a page."""
    is_kept = " hreflang=" in tag

    def written(found: re.Match) -> str:
        name, value = found.groups()
        if name in ADDRESSES and not is_kept:
            return f'{name}="{address(value)}"'
        if name in FOR_MACHINES or not HAN.search(value):
            return found[0]
        return f'{name}="{convert(value)}"'

    return ATTRIBUTE.sub(written, tag) if "=" in tag else tag
