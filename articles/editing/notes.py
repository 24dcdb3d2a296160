"""Notes on an article (批注): adding, answering, marking as done; which passages still stand."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.content import article_html
from articles.models import Article, Member, Note

# The same words of the same member on the same passage are one note within this time.
TWICE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NoteThread:
    """A note with its answers. `stands` is false where its passage is no longer in the words."""

    note: Note
    stands: bool
    answers: list[Note] = field(default_factory=list)


def threads_of(article: Article) -> list[NoteThread]:
    """Return the notes on an article with their answers, the open ones first. One query.

    One more where a note is about a passage: it may stand in a caption.
    """
    notes = list(article.notes.select_related("made_by", "done_by"))
    words = _words(article) if any(note.passage for note in notes) else ""
    threads = {
        note.pk: NoteThread(note, _without_space(note.passage) in words)
        for note in notes
        if note.answer_to_id is None
    }
    for note in notes:
        if note.answer_to_id in threads:
            threads[note.answer_to_id].answers.append(note)
    return sorted(threads.values(), key=lambda thread: thread.note.done_at is not None)


def add_note(article: Article, text: str, *, by: Member, passage: str = "") -> Note:
    """Store a note on an article, or on a passage of it. Three queries."""
    return _create_once(article_id=article.pk, text=text, passage=passage, made_by=by)


def answer_note(note: Note, text: str, *, by: Member) -> Note:
    """Store an answer to a note; an answer to an answer goes to its note. Three queries."""
    facts = {"article_id": note.article_id, "answer_to_id": note.answer_to_id or note.pk}
    return _create_once(**facts, text=text, made_by=by)


@transaction.atomic
def _create_once(*, article_id: int, **facts) -> Note:
    """Store a note, or return the same one of the same member that was stored just before.

    A button that is pressed twice posts twice; the lock of the article lets one wait for the
    other.
    """
    Article.objects.select_for_update().values_list("pk").get(pk=article_id)
    facts = {"answer_to_id": None, "passage": "", **facts, "article_id": article_id}
    just_now = Note.objects.filter(**facts, made_at__gte=timezone.now() - TWICE_WITHIN)
    return just_now.first() or Note.objects.create(**facts)


def set_done(note: Note, *, by: Member, is_done: bool = True) -> None:
    """Mark a note as done, or as open again; who marked it first stays. One query."""
    notes = Note.objects.filter(pk=note.pk, answer_to=None, done_at__isnull=is_done)
    notes.update(done_by=by if is_done else None, done_at=timezone.now() if is_done else None)


def _words(article: Article) -> str:
    """Return the title stack, the text and the captions, without white space. One query."""
    stack = (article.kicker, article.headline, article.deck, article.dateline)
    captions = (caption.words for caption in article.captions.all())
    return _without_space("".join([*stack, article_html.words(article.body), *captions]))


def _without_space(text: str) -> str:
    return "".join(text.split())
