"""What a member typed and did not save, beside what is saved: for taking over or discarding."""

from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles import revisions, typed, working_copies
from articles.comparing import compare
from articles.copy import Copy
from articles.models import Article, Genre, Member, Rank, WorkingCopy

from .differences import Difference, differences

# So many are offered at once, the newest; and longer ones are not compared.
MOST = 10
TOO_LONG = 500_000
PLACE = ("page", "genre", "rank", "source")


@dataclass(frozen=True, slots=True)
class Offer:
    """One unsaved copy: what differs from the words it was typed on (None: too long to say)."""

    copy: WorkingCopy
    title: str
    differences: list[Difference] | None
    labels: dict[str, str]
    is_open: bool
    has_moved_on: bool

    def as_message(self) -> dict:
        """Return what the form needs in order to take it over."""
        return {
            "fields": self.copy.fields,
            "labels": self.labels,
            "serial": self.copy.serial,
            "version": self.copy.opened_at_version,
        }


def offered(
    member: Member, article: Article | None, *, but: UUID, closed: tuple[str, ...]
) -> list[Offer]:
    """Return what a member may take over in a form of an article (None: a new one).

    `but` is the window that asks, `closed` names windows known to be closed. What equals the
    saved words is forgotten, not offered. Eleven queries at most, and one for each forgotten.
    """
    copies = working_copies.typed_by(member, article=article).exclude(window=but)[:MOST]
    forms = {copy.pk: copy.fields for copy in copies}
    rows = typed.chosen(forms.values())
    bases = _bases(article, copies)
    found = []
    for copy in copies:
        offer = _offer(copy, forms[copy.pk], rows, bases, article, closed)
        if offer.differences != []:
            found.append(offer)
        elif not offer.is_open:
            working_copies.forget(by=member, window=copy.window, serial=copy.serial)
    return found


def shown(request, offers: list[Offer], article: Article | None) -> str:
    """Return the offers as HTML."""
    context = {"offers": offers, "is_new": article is None, "member": request.user}
    template = "admin/articles/article/_working_copy_offers.html"
    return render_to_string(template, context, request).strip()


def _bases(article: Article | None, copies: list[WorkingCopy]) -> dict[int, Copy]:
    """Return the words on which copies were typed, by version; None: as they are saved now."""
    if article is None or not copies:
        return {None: Copy()}
    numbers = {copy.opened_at_version for copy in copies}
    former = article.revisions.filter(number__in=numbers - {article.version})
    return {None: revisions.read(article)} | {each.number: each.copy for each in former}


def _offer(copy, form, rows, bases, article, closed) -> Offer:
    now = bases[None]
    base = bases.get(copy.opened_at_version, now)
    found, words = None, None
    if len(copy.stored_fields) <= TOO_LONG:
        words = typed.copy_of(form, base=base, rows=rows)
        found = differences(base, words) if words != now else []
        found += _placed(form, rows, article or Article())
    return Offer(
        copy=copy,
        title=_title(words),
        differences=found,
        labels=_labels(form, rows),
        is_open=str(copy.window) not in closed and working_copies.is_open_now(copy),
        has_moved_on=article is not None and copy.opened_at_version != article.version,
    )


def _title(words: Copy | None) -> str:
    if words is None:
        return ""
    return Article(headline=words.headline, body=words.body).display_title


def _labels(form, rows: typed.Chosen) -> dict[str, str]:
    """Return how the rows that fields name are called in their choosers."""
    named = ((name, rows.get((typed.chooser(name), value))) for name, value in form)
    return {name: str(row) for name, row in named if row}


def _placed(form, rows: typed.Chosen, article: Article) -> list[Difference]:
    """Return what differs in the fields that are not words of the copy, and a note begun."""
    given = dict(form)
    found = []
    for name in PLACE:
        before = "" if (value := article.serializable_value(name)) is None else str(value)
        after = given.get(name, before)
        if before != after:
            old, new = _said(name, before, article, rows), _said(name, after, article, rows)
            title = str(Article._meta.get_field(name).verbose_name)
            found.append(Difference(title, compare(old, new)))
    if given.get("_note", "").strip():
        found.append(Difference(str(_("Note")), compare("", _plain(given["_note"]))))
    return found


def _said(name: str, value: str, article: Article, rows: typed.Chosen) -> str:
    """Return a value of such a field as people read it."""
    if name == "page":
        is_own = article.page_id and value == str(article.page_id)
        return str(article.page if is_own else rows.get((name, value), ""))
    choices = {"genre": Genre.choices, "rank": Rank.choices}.get(name, [])
    labels = {str(key): str(label) for key, label in choices}
    return labels.get(value, _plain(value))


def _plain(value: str) -> str:
    return value.encode("utf-8", "replace").decode().replace("\x00", "")
