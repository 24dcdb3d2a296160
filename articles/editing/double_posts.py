"""Create an article once, however often its form is posted: the form names the article's uid."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import IntegrityError

from articles.content.copy import Copy
from articles.models import Article, Member

from .saving import BaseVersion, EditConflictError, Submission, create, metadata_of

UID = "_uid"


def posted_uid(form: Mapping[str, str]) -> UUID:
    """Return the uid that a posted form names for its new article; a new one where it has none."""
    try:
        return UUID(form.get(UID, ""))
    except ValueError:
        return uuid4()


def create_once(article: Article, submission: Submission, *, by: Member) -> Article | None:
    """Save a new article with its `uid`, or return the one that the same form has made before.

    Of two at once the second waits for the first. What differs from what was saved then is not
    lost: EditConflictError names that article. One that another member made is never returned:
    the new one gets another uid. Raises PlacementError. One query besides those of `create`;
    two, and four for its words, where there is one.
    """
    former = _made_before(article.uid)
    if former is None:
        try:
            create(article, submission, by=by)
        except IntegrityError:
            former = _made_before(article.uid)
            if former is None:
                raise
        else:
            return None
    first = former.revisions.filter(number=1, made_by=by).first()
    if first is None:
        article.uid = uuid4()
        create(article, submission, by=by)
        return None
    is_same = _folded(first.copy) == _folded(submission.copy)
    if is_same and metadata_of(former) == dict(submission.metadata):
        return former
    raise EditConflictError(submission, BaseVersion(None), article_id=former.pk)


def _made_before(uid: UUID) -> Article | None:
    return Article.objects.filter(uid=uid).first()


def _folded(copy: Copy) -> Copy:
    """Return words with their tags in one case: a tag known in another case keeps its own."""
    return replace(copy, tags=tuple(sorted(tag.casefold() for tag in copy.tags)))
