"""The addresses in a page, and the file of each in a static edition. No Django here.

A file has no parameters: the further parts of a list, /columns/5/?page=2, become
/columns/5/page/2/. Any other parameter is left out.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote, urlsplit

# The parameters of the further parts of lists.
PARTS = ("page", "before", "after")
PART = re.compile(r"[\w:.-]{1,60}", re.ASCII)
# What readers do not see, or what no file can answer: the search, oEmbed.
ELSEWHERE = re.compile(r"/(?:admin|preview|static|oembed|(?:hant/)?search)(?:/|$)")
# Addresses that would have the file of another one: /index.html, /./about/, //about/.
OTHER_NAME = re.compile(r"/index\.html$|/\.?/|/\.$")
ATTRIBUTE = re.compile(r'(\s(?:href|src|action|poster|content|data-[\w-]+)=")([^"]*)(")')
SOURCES = re.compile(r'(\ssrcset=")([^"]*)(")')


class Links:
    """Finds and writes the links of pages of a site at an origin such as https://news.example."""

    def __init__(self, origin: str):
        self.origin = origin
        self._whole = re.compile(re.escape(origin) + r"(/[^\s\"'<>\\)\],]*)?")
        self._quoted = re.compile(f'"{self._whole.pattern}"')

    def address(self, link: str, page: str) -> str | None:
        """Return the address in the static edition that a link of a page leads to.

        None for another site, and for what only the site itself answers.
        """
        if link.startswith(self.origin):
            link = link.removeprefix(self.origin) or "/"
        if not link.startswith(("/", "?")) or link.startswith("//"):
            return None
        split = urlsplit(link)
        path = unquote(split.path) or page
        if ELSEWHERE.match(path) or ".." in path or not path.isprintable():
            return None
        if OTHER_NAME.search(path):
            return None
        return path + part_of(split.query) if path.endswith("/") else path

    def found(self, text: str, page: str, *, is_html: bool) -> set[str]:
        """Return the addresses that a page, or a file of text, leads to.

        Of a page only whole values in quotes are read, of attributes and of structured data: an
        address in its words may be anybody's mistake.
        """
        if is_html:
            links = {match[1] or "/" for match in self._quoted.finditer(text)}
            links |= {unescape(match[2]) for match in ATTRIBUTE.finditer(text)}
            links |= {url for match in SOURCES.finditer(text) for url in sources(match[2])}
        else:
            links = {match[1] or "/" for match in self._whole.finditer(text)}
        return {address for link in links if (address := self.address(unescape(link), page))}

    def rewritten(self, html: str, page: str) -> str:
        """Return a page whose links to the further parts of lists lead to their files."""
        first = request_of(page)[0]

        def written(match: re.Match) -> str:
            link = unescape(match[2])
            if "?" not in link or not (address := self.address(link, first)):
                return match[0]
            if not address.endswith("/"):
                return match[0]
            origin = self.origin if link.startswith(self.origin) else ""
            fragment = urlsplit(link).fragment
            whole = origin + quote(address) + (f"#{fragment}" if fragment else "")
            return f"{match[1]}{escape(whole)}{match[3]}"

        return ATTRIBUTE.sub(written, html)


def sources(srcset: str) -> Iterator[str]:
    """Give the addresses in a srcset."""
    for part in unescape(srcset).split(","):
        if words := part.split():
            yield words[0]


def part_of(query: str) -> str:
    """Return what a parameter that names a part of a list adds to an address."""
    for name, value in parse_qsl(query):
        if name in PARTS and PART.fullmatch(value) and value != "1":
            return f"{name}/{value}/"
    return ""


def request_of(address: str) -> tuple[str, str]:
    """Return the path and the query that the site answers an address of the edition at."""
    for name in PARTS:
        head, mark, value = address.rpartition(f"/{name}/")
        if mark and PART.fullmatch(value.rstrip("/")) and value.endswith("/"):
            return f"{head}/", f"{name}={value.rstrip('/')}"
    return address, ""


def file_of(address: str) -> str:
    """Return the name of the file of an address: /2024-07-27/ is 2024-07-27/index.html."""
    name = address.lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name
