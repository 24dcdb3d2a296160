"""The structured data of an article for search engines: schema.org NewsArticle as JSON-LD."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.models import Byline, Correction, Genre, Issue

if TYPE_CHECKING:
    from .article_page import ArticlePage

# So that no word of an article can end the script element that holds it.
HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def news_article(page: "ArticlePage", origin: str) -> SafeString:
    """Return the JSON-LD of a published article; `origin` is the site, as https://example.org.

    What nobody has given is left out; an advertisement is no news and has none, "". No query where
    the parts are loaded.
    """
    if page.article.genre == Genre.ADVERTISEMENT:
        return SafeString("")
    facts = {name: value for name, value in _facts(page, origin).items() if value}
    words = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(words.translate(HARMLESS))  # noqa: S308 (escaped above)


def _facts(page: "ArticlePage", origin: str) -> dict:
    article, issue = page.article, page.article.page.issue
    url = origin + page.url
    paper = {"@type": "NewsMediaOrganization", "name": page.frame.name, "url": f"{origin}/"}
    photos = [caption.photo.uid for caption in page.captions]
    corrected_at = [row.made_at for row in page.corrections]
    column = article.column.name if article.column else ""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": page.title,
        "inLanguage": "zh-Hans",
        "datePublished": _instant(issue.released_at),
        "dateModified": _instant(max(issue.released_at, article.changed_at, *corrected_at)),
        "correction": [_correction(row) for row in page.corrections],
        "author": [_author(byline, origin, is_credit=flag) for byline, flag in page.bylines],
        "publisher": paper,
        "sourceOrganization": article.source and {"@type": "Organization", "name": article.source},
        "articleSection": [part for part in (article.page.name, column) if part],
        "printPage": article.page.label,
        "printEdition": issue.title if issue.edition > 1 else "",
        "isPartOf": _issue(issue, paper, origin),
        "image": [origin + reverse("articles:photo", args=[uid, "wide"]) for uid in photos],
        "keywords": [tag.name for tag in page.tags],
        "wordCount": page.length,
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


def _correction(row: Correction) -> dict:
    return {
        "@type": "CorrectionComment",
        "text": row.notice,
        "datePublished": _instant(row.made_at),
    }


def _author(byline: Byline, origin: str, *, is_credit: bool) -> dict:
    contributor = byline.contributor
    is_organisation = bool(contributor and contributor.is_organisation)
    facts = {"@type": "Organization" if is_organisation else "Person", "name": byline.name}
    if contributor:
        facts["url"] = origin + reverse("articles:contributor", args=[contributor.pk])
    if byline.role and not is_credit and not is_organisation:
        facts["jobTitle"] = byline.role
    return facts


def _instant(moment: datetime) -> str:
    """Return an instant on the newsroom's clock, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
