"""What makes a feed valid: the rules of RFC 4287, RFC 6721 and JSON Feed 1.1, as the W3C's
validator states them, each error as a sentence."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import html5lib
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# How often each element may stand in a feed and in an entry: at least, at most.
MANY = 10**6
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1), "rights": (0, 1)}
FEED |= {"link": (1, MANY), "author": (0, MANY), "category": (0, MANY), "entry": (0, MANY)}
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "summary": (0, 1)}
ENTRY |= {"content": (0, 1), "link": (0, MANY), "author": (0, MANY), "category": (0, MANY)}
PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
ATTRIBUTES = {
    "link": {"rel", "href", "type", "title", "hreflang", "length"},
    "category": {"term", "scheme", "label"},
    "content": {"type"},
    "summary": {"type"},
    "deleted-entry": {"ref", "when"},
}
ACTIVE = {"script", "style", "iframe", "object", "embed", "form", "link", "meta", "base"}


def is_absolute(address: str | None) -> bool:
    """Tell whether an address is an absolute IRI without blanks."""
    parts = urlsplit(address or "")
    has_place = bool(parts.netloc) if parts.scheme in ("http", "https") else bool(parts.path)
    return bool(parts.scheme) and has_place and not re.search(r"\s", address)


def is_instant(words: object) -> bool:
    """Tell whether words are a date-time of RFC 3339 that exists."""
    if not isinstance(words, str) or not RFC3339.fullmatch(words):
        return False
    datetime.fromisoformat(words)
    return True


def html_errors(html: str) -> Iterator[str]:
    """Yield what is wrong with the HTML of an entry: active, relative or unbalanced."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for element in parser.parseFragment(html).iter():
        if element.tag in ACTIVE:
            yield f"the content holds <{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "class", "id"):
                yield f"the content has {name}="
            if name in ("href", "src") and not is_absolute(value):
                yield f"the content leads to {value}"


def atom_errors(response) -> list[str]:
    """Return what is wrong with an Atom feed, an empty list for a valid one."""
    if response["Content-Type"] != "application/atom+xml; charset=utf-8":
        return ["its type"]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    feed = etree.fromstring(response.content, parser)
    if feed.tag != f"{{{ATOM}}}feed":
        return ["its root"]
    found = [*counted(feed, FEED), *times_and_links(feed)]
    links = [(link.get("rel"), link.get("href")) for link in feed.iterfind(f"{{{ATOM}}}link")]
    if sum(rel == "self" for rel, _ in links) != 1:
        found.append("no address of its own")
    has_author = feed.find(f"{{{ATOM}}}author") is not None
    entries = feed.findall(f"{{{ATOM}}}entry")
    for entry in entries:
        found += entry_errors(entry)
        if not has_author and entry.find(f"{{{ATOM}}}author") is None:
            found.append("an entry without author")
    for stone in feed.iterfind(f"{{{TOMBSTONES}}}deleted-entry"):
        if not (is_absolute(stone.get("ref")) and is_instant(stone.get("when"))):
            found.append("a tombstone without ref or when")
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in entries]
    ids += [stone.get("ref") for stone in feed.iterfind(f"{{{TOMBSTONES}}}deleted-entry")]
    if len({*ids}) != len(ids):
        found.append("two entries of one id")
    newest = [feed.findtext(f"{{{ATOM}}}updated")]
    newest += [entry.findtext(f"{{{ATOM}}}updated") for entry in entries]
    if max(map(datetime.fromisoformat, newest)) != datetime.fromisoformat(newest[0]):
        found.append("an entry newer than the feed")
    return found


def entry_errors(entry) -> Iterator[str]:
    """Yield what is wrong with an entry."""
    yield from counted(entry, ENTRY)
    yield from times_and_links(entry)
    content = entry.find(f"{{{ATOM}}}content")
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in entry.iterfind(f"{{{ATOM}}}link")
        if link.get("rel") in (None, "alternate")
    ]
    if len({*alternates}) != len(alternates) or (content is None and not alternates):
        yield "its links to the page"
    if not entry.findtext(f"{{{ATOM}}}title").strip():
        yield "an empty title"
    for part in entry.iterfind(f"{{{ATOM}}}content"), entry.iterfind(f"{{{ATOM}}}summary"):
        for each in part:
            yield from html_errors(each.text or "") if each.get("type") == "html" else ()


def counted(element, rules: dict) -> Iterator[str]:
    """Yield elements that stand where they may not, too often or not at all."""
    names = [etree.QName(child) for child in element]
    for name in {name.localname for name in names if name.namespace == ATOM} - {*rules}:
        yield f"<{name}> in <{etree.QName(element).localname}>"
    for name, (least, most) in rules.items():
        count = sum(each.localname == name and each.namespace == ATOM for each in names)
        if not least <= count <= most:
            yield f"{count} <{name}>"
    for child in element:
        allowed = ATTRIBUTES.get(etree.QName(child).localname, set())
        if etree.QName(child).localname != "entry" and {*child.attrib} - allowed:
            yield f"attributes {sorted(child.attrib)}"


def times_and_links(element) -> Iterator[str]:
    """Yield times and addresses of a feed or entry that are none, and persons without a name."""
    for name in ("updated", "published"):
        for child in element.iterfind(f"{{{ATOM}}}{name}"):
            if not is_instant(child.text):
                yield f"{name} {child.text}"
    if not is_absolute(element.findtext(f"{{{ATOM}}}id")):
        yield "its id"
    for link in element.iterfind(f"{{{ATOM}}}link"):
        if not is_absolute(link.get("href")):
            yield f"a link to {link.get('href')}"
    for category in element.iterfind(f"{{{ATOM}}}category"):
        if not category.get("term"):
            yield "a category without term"
    for author in element.iterfind(f"{{{ATOM}}}author"):
        yield from counted(author, PERSON)
        if not author.findtext(f"{{{ATOM}}}name").strip():
            yield "an author without name"
        yield from (
            "the address of an author"
            for address in author.iterfind(f"{{{ATOM}}}uri")
            if not is_absolute(address.text)
        )


TOP = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors"}
ITEM = {"id", "url", "title", "content_html", "content_text", "summary", "image", "tags"}
ITEM |= {"date_published", "date_modified", "authors", "attachments", "language"}


def json_feed_errors(response) -> list[str]:
    """Return what is wrong with a JSON feed, an empty list for a valid one."""
    feed = response.json()
    found = [] if response["Content-Type"].startswith("application/feed+json") else ["its type"]
    found += [f"unknown {name}" for name in feed if name not in TOP | {"items", "_withdrawn"}]
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        found.append("its version or title")
    found += [name for name in ("home_page_url", "feed_url") if not is_absolute(feed[name])]
    for item in feed["items"]:
        found += [f"unknown {name}" for name in item if name not in ITEM]
        found += [name for name in ("id", "url") if not is_absolute(item[name])]
        found += [
            name for name in ("date_published", "date_modified") if not is_instant(item[name])
        ]
        if not (item.get("content_html") or item.get("content_text")):
            found.append("an item without content")
        found += html_errors(item.get("content_html", ""))
        found += ["an author" for author in item.get("authors", []) if not author.get("name")]
        for attachment in item.get("attachments", []):
            if not (is_absolute(attachment["url"]) and attachment["mime_type"]):
                found.append("an attachment")
    ids = [item["id"] for item in feed["items"]]
    return found + ([] if len({*ids}) == len(ids) else ["two items of one id"])
