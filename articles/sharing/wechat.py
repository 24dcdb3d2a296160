"""An article as the editor of WeChat official accounts (公众号) takes it when it is pasted.

That editor keeps the styles that are written into a tag and drops classes, links to other sites and
line-break marks. Every style is one of `STYLES`, so that a page can allow exactly these.
"""

import base64
import hashlib
import re
from html import escape

from django.urls import reverse
from django.utils.translation import gettext

from articles.content import article_html
from articles.models import Article, Caption

BODY = "margin:0 0 1em;font-size:17px;line-height:1.8;color:#222;text-align:justify"
SMALL = "margin:0 0 1.5em;font-size:14px;line-height:1.6;color:#6e6e6e"
STYLES = {
    "section": "padding:0 8px",
    "kicker": "margin:0 0 1em;font-size:17px;line-height:1.6;color:#555;text-align:center",
    "p": BODY,
    "li": BODY,
    "h2": "margin:1.6em 0 .8em;font-size:18px;font-weight:bold;line-height:1.6;color:#c0301c",
    "blockquote": "margin:1em 0;padding:0 0 0 1em;border-left:3px solid #ddd",
    "table": "width:100%;border-collapse:collapse;margin:0 0 1em",
    "td": "border:1px solid #ccc;padding:6px;font-size:15px;line-height:1.6",
    "th": "border:1px solid #ccc;padding:6px;font-size:15px;line-height:1.6;background:#f1efe9",
    "img": "display:block;width:100%;height:auto",
    "small": SMALL,
}
HASHES = [
    f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    for style in dict.fromkeys(STYLES.values())
]
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
KEPT = re.compile(r' (?:colspan|rowspan|start|type)="[^"]*"')
# Tags that are taken off, their text kept: links lead nowhere there.
DROPPED = frozenset(["a", "wbr", "div", "span", "figure"])


def wechat_html(article: Article, *, paper: str, origin: str) -> str:
    """Return an article without its headline, which has a field of its own there.

    `origin` is the site, as https://example.org: the pictures are fetched from it. The article
    is loaded `queries.with_parts`; no query.
    """
    captions = list(article.captions.all())
    lead_in = article.lead_in_of(article.bylines.all())
    pieces = article_html.render_body(
        article.body,
        lead_in=article_html.render_lead_in(article.dateline, lead_in),
        photos=[str(caption.photo.uid) for caption in captions],
        table_label="",
    )
    parts = [_line("kicker", line) for line in (article.kicker, article.deck)]
    parts.append(_line("small", _bylines(article)))
    if article.is_photo:  # its pictures come first, as on its page
        parts += [_picture(caption, origin) for caption in captions]
    for html, number in pieces:
        parts.append(styled(html))
        if number is not None and not article.is_photo:
            parts.append(_picture(captions[number], origin))
    parts.append(_line("small", _printed(article, paper)))
    return f'<section style="{STYLES["section"]}">{"".join(parts)}</section>'


def styled(html: str) -> str:
    """Return the HTML of a stored body with the style of each tag written into it."""

    def written(found: re.Match) -> str:
        slash, tag, attributes = found.groups()
        if tag in DROPPED:
            return ""
        style = f' style="{STYLES[tag]}"' if tag in STYLES and not slash else ""
        return f"<{slash}{tag}{''.join(KEPT.findall(attributes))}{style}>"

    return TAG.sub(written, html)


def _line(kind: str, text: str) -> str:
    return f'<p style="{STYLES[kind]}">{escape(text)}</p>' if text else ""


def _picture(caption: Caption, origin: str) -> str:
    photo = caption.photo
    address = origin + reverse("articles:photo", args=[photo.uid, "wide"])
    words = " ".join(filter(None, [caption.words, caption.printed_credit]))
    image = f'<img src="{escape(address)}" alt="{escape(photo.alt)}" style="{STYLES["img"]}">'
    return image + _line("small", words)


def _bylines(article: Article) -> str:
    """Return the bylines, unless the lead-in names them already."""
    return "" if article.dateline else "\u3000".join(map(str, article.bylines.all()))


def _printed(article: Article, paper: str) -> str:
    """Return where the article comes from and was printed, and who answers for its page."""
    parts = [f"{gettext('Source')}：{article.source or paper}"]
    if page := article.page:
        parts.append(f"{page.issue.title} {page.title}")
        if page.editor:
            parts.append(f"{gettext('Responsible editor')}：{page.editor}")
    return "\u3000".join(parts)
