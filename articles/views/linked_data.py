"""What search engines and readers' machines are told of an article: schema.org NewsArticle."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.models import Correction, Issue

if TYPE_CHECKING:
    from .article_page import ArticlePage, Signature

# So that no word of an article can end the script element that holds it.
HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def news_article(story: "ArticlePage", origin: str) -> SafeString:
    """Return the JSON-LD of a published article; `origin` is the site, as https://example.org.

    What nobody has given is left out. No query.
    """
    facts = {name: value for name, value in _facts(story, origin).items() if value}
    words = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(words.translate(HARMLESS))  # noqa: S308 (escaped above)


def _facts(story: "ArticlePage", origin: str) -> dict:
    article, page = story.article, story.article.page
    issue = page.issue
    url = origin + article.get_absolute_url()
    paper = {"@type": "NewsMediaOrganization", "name": story.frame.name, "url": f"{origin}/"}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": story.title,
        "inLanguage": "zh-Hans",
        "datePublished": _instant(issue.released_at),
        "dateModified": _instant(max(issue.released_at, article.changed_at, *_made(story))),
        "correction": [_correction(row) for row in story.corrections],
        "author": [_author(signature, origin) for signature in story.signatures],
        "publisher": paper,
        "sourceOrganization": _named("Organization", article.source),
        "articleSection": [part for part in (page.name, str(article.column or "")) if part],
        "printPage": page.label,
        "printEdition": issue.title if issue.edition > 1 else "",
        "isPartOf": _issue(issue, paper, origin),
        "image": [origin + figure.url for figure in story.figures],
        "keywords": [name for name, _ in story.tags],
        "wordCount": story.length,
    }


def _issue(issue: Issue, paper: dict, origin: str) -> dict:
    """Return the issue as a part of the newspaper."""
    facts = {
        "@type": "PublicationIssue",
        "url": origin + issue.get_absolute_url(),
        "datePublished": issue.issued_on.isoformat(),
        "issueNumber": issue.serial,
        "isPartOf": {**paper, "@type": "Newspaper"},
    }
    return {name: value for name, value in facts.items() if value}


def _made(story: "ArticlePage") -> list[datetime]:
    """Return when its corrections were made."""
    return [row.made_at for row in story.corrections]


def _correction(row: Correction) -> dict:
    return {
        "@type": "CorrectionComment",
        "text": row.notice,
        "datePublished": _instant(row.made_at),
    }


def _author(signature: "Signature", origin: str) -> dict:
    kind = "Organization" if signature.is_organisation else "Person"
    facts = {"@type": kind, "name": signature.name}
    if signature.url:
        facts["url"] = origin + signature.url
    if signature.before and kind == "Person":
        facts["jobTitle"] = signature.before
    return facts


def _named(kind: str, name: str) -> dict | None:
    return {"@type": kind, "name": name} if name else None


def _instant(moment: datetime) -> str:
    """Return an instant on the newsroom's clock, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
