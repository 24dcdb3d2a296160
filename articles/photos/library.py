"""Find photos in the library by what is known of them and by where they were used."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Left

from articles.content import characters
from articles.models import Caption, Photo

# A search has at most this many words; what follows the last but one is searched as one.
MOST_WORDS = 6
# Enough of a body to name an article that has no headline.
OPENING = 400


def matching(photos: QuerySet[Photo], words: str) -> QuerySet[Photo]:
    """Select the photos that each of the words, parted by spaces, says something of.

    Searches the draft of a caption, alternative text, credit, photographer, place, day, people
    and keywords of the photo, and the captions and headlines with which it was used. No query of
    its own.
    """
    for word in characters.clean_line(words).split(maxsplit=MOST_WORDS - 1):
        photos = photos.filter(_mentions(word))
    return photos


def unused(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Select the photos that no article uses."""
    return photos.filter(~Exists(Caption.objects.filter(photo=OuterRef("pk"))))


def with_uses(photos: QuerySet[Photo], most: int) -> QuerySet[Photo]:
    """Load the latest captions of photos, `most` for each, as `uses`. One query more.

    Each has its article, with the beginning of its body only.
    """
    captions = Caption.objects.select_related("article__column", "article__page__issue")
    captions = captions.defer("article__body").annotate(opening=Left("article__body", OPENING))
    return photos.prefetch_related(
        Prefetch("captions", captions.order_by("-article_id")[:most], to_attr="uses")
    )


def article_of(caption: Caption):
    """Return the article of a caption that `with_uses` has loaded. No query."""
    caption.article.body = caption.opening
    return caption.article


def _mentions(word: str) -> Q:
    """Return the condition that a photo, or an article that uses it, mentions a word."""
    used = Caption.objects.filter(
        Q(words__icontains=word)
        | Q(credit__icontains=word)
        | Q(article__headline__icontains=word)
        | Q(article__kicker__icontains=word)
    )
    own = ("words", "alt", "credit", "place", "people", "keywords", "contributor__name", "taken_on")
    found = Q(pk__in=used.values("photo"))
    for name in own:
        found |= Q(**{f"{name}__icontains": word})
    return found
