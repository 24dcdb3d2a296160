"""The two formats of a feed, as generators of Django's syndication framework.

Atom (RFC 4287) with tombstones (RFC 6721), and JSON Feed 1.1. Beside what Django gives of an
entry each takes `content` (HTML, or "" for a feed of summaries), `words` (the summary as plain
text), `authors` (pairs of a name and an address or ""), `pictures`; of the feed, `tombstones`.
"""

import json
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date

from articles.models import Article

from .content import xml_text

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class AtomFeed(Atom1Feed):
    """Writes a feed as Atom."""

    def root_attributes(self) -> dict:
        """Return the attributes of the root, with the namespace of tombstones."""
        return super().root_attributes() | {"xmlns:at": TOMBSTONES}

    def latest_post_date(self):
        """Return when the feed last changed, by a withdrawal too; a fixed day while it is empty."""
        return self.feed["changed_at"] or NEVER

    def add_item_elements(self, handler, item) -> None:
        """Write an entry: what Django writes, then its authors, pictures and content."""
        super().add_item_elements(handler, item)
        for name, address in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if address:
                handler.addQuickElement("uri", address)
            handler.endElement("author")
        for picture in item["pictures"]:
            facts = {"rel": "enclosure", "type": "image/jpeg", "href": picture.url}
            title = xml_text(picture.alt or picture.line)
            handler.addQuickElement("link", None, facts | ({"title": title} if title else {}))
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def write_items(self, handler) -> None:
        """Write the entries, and what was withdrawn after them."""
        super().write_items(handler)
        for article in self.feed["tombstones"]:
            handler.startElement("at:deleted-entry", tombstone(article))
            if article.public_note:
                handler.addQuickElement("at:comment", xml_text(article.public_note))
            handler.endElement("at:deleted-entry")


def tombstone(article: Article) -> dict[str, str]:
    """Return what names a withdrawn article, and when it was withdrawn."""
    return {"ref": article.uid.urn, "when": rfc3339_date(article.withdrawn_at)}


class JsonFeed(SyndicationFeed):
    """Writes a feed as JSON Feed; `_withdrawn` is our extension for withdrawals."""

    content_type = "application/feed+json; charset=utf-8"

    def latest_post_date(self):
        """Return when the feed last changed."""
        return self.feed["changed_at"] or NEVER

    def write(self, outfile, encoding: str) -> None:
        """Write the feed."""
        feed = self.feed
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["subtitle"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "items": [self.item(item) for item in self.items],
        }
        gone = [
            tombstone(article) | {"comment": article.public_note} for article in feed["tombstones"]
        ]
        told |= {"_withdrawn": [_without_empty(each) for each in gone]} if gone else {}
        outfile.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(encoding))

    def item(self, item: dict) -> dict:
        """Return one entry."""
        images = item["pictures"]
        content = {"content_html": item["content"]} if item["content"] else {}
        return _without_empty(
            {
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                **(content or {"content_text": item["words"] or item["title"]}),
                "summary": item["words"],
                "image": images[0].url if images else "",
                "date_published": rfc3339_date(item["pubdate"]),
                "date_modified": rfc3339_date(item["updateddate"]),
                "authors": [
                    _without_empty({"name": name, "url": url}) for name, url in item["authors"]
                ],
                "tags": item["categories"],
                "attachments": [_attachment(picture) for picture in images],
            }
        )


def _attachment(picture) -> dict:
    facts = {"url": picture.url, "mime_type": "image/jpeg", "title": picture.line}
    return _without_empty(facts)


def _without_empty(facts: dict) -> dict:
    return {name: value for name, value in facts.items() if value}


FORMATS = {"atom": AtomFeed, "json": JsonFeed}
