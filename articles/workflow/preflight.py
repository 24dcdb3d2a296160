"""Preflight of an issue: findings that forbid its release, and notices.

`Inspection.of` loads the whole issue in seven queries at most, however large it is, and checks it
in print order. Nothing here changes anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from hashlib import sha256

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import revisions
from articles.content.figures import empty_figures
from articles.models import (
    Article,
    Byline,
    Caption,
    Change,
    Generated,
    Genre,
    Issue,
    Note,
    Page,
    Photo,
    Rank,
    Release,
    ReleaseAction,
    Review,
    Revision,
    Status,
    Tagging,
)
from articles.models import Finding as Doubt
from articles.photos import renditions


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its message, the row it is about, and whether it forbids the release.

    `place` is the part of that row's form where it is corrected, such as `id_headline`; `brief`
    is the message without the name of the row.
    """

    code: str
    message: str
    about: models.Model
    place: str = ""
    _: KW_ONLY
    is_barring: bool = False
    brief: str = ""

    @property
    def key(self) -> str:
        """Its key among the findings of an issue: the same as long as the same is found."""
        return f"{self.code}:{self.about._meta.model_name}:{self.about.pk}:{self.place}"

    @property
    def form_url(self) -> str:
        """The address of the field, or else of the form, in which it is corrected."""
        if isinstance(self.about, Article):
            url = reverse("admin:articles_article_change", args=[self.about.pk])
        else:
            issue = getattr(self.about, "issue_id", self.about.pk)
            url = reverse("admin:articles_issue_change", args=[issue])
        return f"{url}#{self.place}" if self.place else url


@dataclass(frozen=True, slots=True)
class Inspection:
    """An issue with its pages and articles as loaded, and the findings."""

    issue: Issue
    pages: list[Page]
    articles: list[Article]
    findings: list[Finding]

    @classmethod
    def of(cls, issue: Issue) -> "Inspection":
        """Load and check an issue. Seven queries at most, whatever its size."""
        pages = list(issue.pages.in_order())
        articles = load_articles(Article.objects.filter(page__issue=issue).in_print_order())
        released = (
            issue.releases.filter(act=ReleaseAction.RELEASED).last() if issue.released_at else None
        )
        findings = _find(issue, pages, articles, released)
        return cls(issue, pages, articles, list(findings))

    @property
    def barring(self) -> list[Finding]:
        """What must be corrected before the issue can be released."""
        return [finding for finding in self.findings if finding.is_barring]

    @property
    def notices(self) -> list[Finding]:
        """What does not forbid the release."""
        return [finding for finding in self.findings if not finding.is_barring]

    @property
    def contents(self) -> str:
        """A key that is the same as long as the same words are in the same places."""
        placed = [(row.page_id, row.position, row.pk, row.version) for row in self.articles]
        text = repr(([page.pk for page in self.pages], placed))
        return f"contents:{sha256(text.encode()).hexdigest()}"

    @property
    def keys(self) -> set[str]:
        """The keys of all that this inspection shows."""
        return {self.contents, *(finding.key for finding in self.findings)}

    def articles_on(self, page: Page) -> list[Article]:
        """Return the articles of a page in order. No query."""
        return [article for article in self.articles if article.page_id == page.pk]


def load_articles(articles) -> list[Article]:
    """Load articles with all that is checked or shown on the board. Five queries at most.

    Adds `signed_digest` of the words last signed off, `worded_at`, when they last changed, the
    number of `open_notes`, and whether it `has_doubts` of intake, open or dismissed.
    """
    captions = Caption.objects.select_related("photo__only_article__column")
    parts = (
        Prefetch("bylines", Byline.objects.order_by("position")),
        Prefetch("captions", captions.order_by("position")),
    )
    loaded = list(
        articles.select_related("page__issue", "column")
        .prefetch_related(*parts)
        .annotate(**_annotations())
    )
    doubts = Prefetch("findings", Doubt.objects.select_related("dismissed_by"))
    prefetch_related_objects([article for article in loaded if article.has_doubts], doubts)
    # The tags are only read for the digest of what was signed.
    tags = Prefetch("taggings", Tagging.objects.select_related("tag").order_by("pk"))
    prefetch_related_objects([article for article in loaded if article.signed_digest], tags)
    return loaded


def _annotations() -> dict:
    signings = Review.objects.filter(article=OuterRef("pk"), to_status=Status.SIGNED)
    changes = Revision.objects.filter(article=OuterRef("pk")).exclude(change=Change.IMPORTED)
    notes = Note.objects.open().filter(article=OuterRef("pk")).order_by().values("article")
    notes = notes.annotate(total=Count("pk"))
    return {
        "signed_digest": Subquery(signings.order_by("-pk").values("revision__digest")[:1]),
        "worded_at": Subquery(changes.order_by("-number").values("made_at")[:1]),
        "open_notes": Coalesce(Subquery(notes.values("total")), 0),
        "has_doubts": Exists(Doubt.objects.filter(article=OuterRef("pk"))),
    }


def _find(issue: Issue, pages: Sequence[Page], articles: Sequence[Article], released):
    if not pages:
        yield Finding("no_pages", _("The issue has no pages."), issue, is_barring=True)
    for number, page in enumerate(pages):
        own = [article for article in articles if article.page_id == page.pk]
        yield from _page_findings(page, own, number=number)
        for article in own:
            yield from article_findings(article)
            yield from _changed_since(article, released)


def _page_findings(page: Page, own: Sequence[Article], *, number: int) -> Iterator[Finding]:
    if not own:
        message = _("%(page)s has no articles.") % {"page": page.label}
        yield Finding("empty_page", message, page, is_barring=True)
    yield from _lead_findings(page, own, number=number)
    if not page.name:
        message = _("%(page)s has no name.") % {"page": page.label}
        yield Finding("no_page_name", message, page, f"id_pages-{number}-name")
    if 0 < len(own) < page.planned:
        message = _("%(page)s holds %(held)d articles of %(planned)d planned.")
        facts = {"page": page.label, "held": len(own), "planned": page.planned}
        yield Finding("open_places", message % facts, page)


def _lead_findings(page: Page, own: Sequence[Article], *, number: int) -> Iterator[Finding]:
    leads = [article for article in own if article.rank == Rank.LEAD]
    if len(leads) > 1:
        message = _("%(page)s has %(number)d leads.") % {"page": page.label, "number": len(leads)}
        yield Finding("two_leads", message, leads[1], "id_rank", is_barring=True)
    if own and not leads and number == 0:
        yield Finding("no_lead", _("No lead is chosen on %(page)s.") % {"page": page.label}, page)


def article_findings(article: Article) -> Iterator[Finding]:
    """Check one article that `load_articles` has loaded. No query; looks at its picture files."""
    yield from _sign_off(article)
    yield from _words(article)
    yield from _doubts(article)
    if article.open_notes:
        message = _("has %(number)d open notes") % {"number": article.open_notes}
        yield _about(article, message, "open_notes", place="notes")
    for number, caption in enumerate(article.captions.all()):
        yield from _picture(article, caption, number=number)
        yield from _rights(article, caption.photo, number=number)


def _sign_off(article: Article) -> Iterator[Finding]:
    if article.status != Status.SIGNED:
        yield _about(article, _("is not signed off"), "unsigned", is_barring=True)
    elif article.signed_digest is None:
        yield _about(article, _("is signed off without a review on record"), "unread")
    elif article.signed_digest != revisions.composed(article).digest:
        message = _("no longer has the words that were signed off")
        yield _about(article, message, "other_words", is_barring=True)


def _words(article: Article) -> Iterator[Finding]:
    if not article.headline and not article.is_photo:
        yield _about(article, _("has no headline"), "no_headline", place="id_headline")
    if not article.headline and article.is_photo and not article.column_id:
        yield _about(article, _("has no headline and no column"), "no_heading", place="id_column")
    if article.genre == Genre.NEWS and not article.source and not article.bylines.all():
        yield _about(article, _("has no byline"), "no_byline", place="bylines-group")
    uids = [str(caption.photo.uid) for caption in article.captions.all()]
    if empty_figures(article.body, uids):
        message = _("has a place in the text where no picture is printed")
        yield _about(article, message, "empty_figure", place="id_body")
    if not article.body and not article.captions.all():
        yield _about(article, _("has no text"), "no_text", place="id_body")


def open_doubts(article: Article) -> list[Doubt]:
    """Return the open findings of intake about an article. No query where they are loaded."""
    return [doubt for doubt in article.findings.all() if doubt.is_open_in(article)]


def _doubts(article: Article) -> Iterator[Finding]:
    """Give one finding for all that was doubtful when the page was read in."""
    if article.has_doubts and (doubts := open_doubts(article)):
        brief = _("has doubtful places since it was read in: %(number)d")
        brief %= {"number": len(doubts)}
        told = f"{brief}（{'；'.join(map(str, doubts))}）"
        yield replace(_about(article, told, "doubtful", place="findings"), brief=brief)


def _picture(article: Article, caption: Caption, *, number: int) -> Iterator[Finding]:
    """Check one picture of an article; `number` counts from 0."""
    name, place = {"number": number + 1}, f"captions-{number}"
    is_made_up = caption.photo.generated == Generated.GENERATED  # Nobody took it.
    if not (caption.credit or caption.photo.credit or is_made_up):
        message = _("picture %(number)d has no credit") % name
        yield _about(article, message, "no_credit", is_barring=True, place=f"id_{place}-credit")
    if not is_readable(caption.photo):
        message = _("picture %(number)d cannot be read") % name
        yield _about(article, message, "unreadable_picture", is_barring=True, place=place)
    if not caption.photo.alt:
        message = _("picture %(number)d has no description for those who cannot see it")
        yield _about(article, message % name, "no_alt", place=place)
    if caption.photo.generated:
        message = _("picture %(number)d is printed with the mark “%(mark)s”")
        message %= name | {"mark": caption.photo.get_generated_display()}
        yield _about(article, message, "generated", place=place)


def _rights(article: Article, photo: Photo, *, number: int) -> Iterator[Finding]:
    """Check that a picture may be printed in an article; `number` counts from 0."""
    name, place = {"number": number + 1}, f"captions-{number}"
    until, issue = photo.rights_until, article.page and article.page.issue
    if until and issue and until < issue.issued_on:
        message = _("picture %(number)d may be printed until %(day)s only")
        message %= name | {"day": date_format(until)}
        yield _about(article, message, "rights_past", is_barring=True, place=place)
    if photo.only_article_id not in (None, article.uid):
        message = _("picture %(number)d is only for the article “%(other)s”")
        message %= name | {"other": photo.only_article or photo.only_article_id}
        yield _about(article, message, "other_article", is_barring=True, place=place)


def _changed_since(article: Article, released: Release | None) -> Iterator[Finding]:
    if released and article.worded_at and article.worded_at > released.made_at:
        yield _about(article, _("was changed after the release"), "changed_since")


def _about(article: Article, what: str, code: str, *, is_barring=False, place="") -> Finding:
    where = article.page.label if article.page else ""
    facts = {"page": where, "article": article.display_title, "what": what}
    message = _("%(page)s “%(article)s” %(what)s.") % facts
    return Finding(code, message, article, place, is_barring=is_barring, brief=what)


def is_readable(photo: Photo) -> bool:
    """Tell whether a photo's file and all its renditions are there. No query, no decoding."""
    return bool(photo.width and photo.height) and renditions.are_stored(photo)
