"""A reader's page as a parsed document, for tests that ask what it says."""

import re
from html import unescape
from xml.etree.ElementTree import Element

import html5lib


class Parsed:
    """A page that parsed without an error, and what is in it."""

    def __init__(self, response):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(response.content.decode())

    def all(self, path: str) -> list[Element]:
        """Return the elements at a path such as `.//h1` or `.//p[@class='by']`."""
        return self.root.findall(path)

    def texts(self, path: str) -> list[str]:
        """Return the text content of the elements at a path, exactly."""
        return ["".join(found.itertext()) for found in self.all(path)]

    def text(self, path: str) -> str:
        """Return the text content of the only element at a path."""
        (found,) = self.texts(path)
        return found

    def links(self, path: str) -> list[str]:
        """Return the addresses of the links below the elements at a path."""
        return [link.get("href") for found in self.all(path) for link in found.iter("a")]

    def meta(self, name: str) -> list[str]:
        """Return the contents of the meta elements of a name or property."""
        found = self.all(f".//meta[@property='{name}']") + self.all(f".//meta[@name='{name}']")
        return [meta.get("content") for meta in found]


def read_page(client, path="/", status=200):
    """Return the HTML of a page."""
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def text_of(html):
    """Return the text content of some HTML."""
    return unescape(re.sub("<[^>]+>", "", html))


def headlines(html):
    """Return the text of all headings below the first."""
    return [
        text_of(found).strip() for found in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.S)
    ]
