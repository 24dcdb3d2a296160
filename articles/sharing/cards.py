"""Share cards: the picture that a link shows where it is shared, kept as a file.

The name of the file holds a digest of all that is drawn: after a correction there is another name,
and a new card is drawn. Cards can be deleted at any time; they are drawn again when asked for.
"""

import hashlib
from dataclasses import astuple, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles import queries
from articles.models import Article, Caption, Issue, Masthead, Photo, Status
from articles.photos import renditions
from articles.photos.files.crops import crop_for
from articles.photos.files.image_processing import crop_box

from .drawing import PHOTO, CardWords, draw_card
from .fonts import card_font

# A part of every digest: a new number draws all cards anew.
DESIGN = 2
FOLDER = "cards"
# How many cards are drawn while somebody waits for a release: some six seconds.
MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Card:
    """A card that may be drawn already: whose it is, its words, its photo."""

    subject: str
    words: CardWords
    photo: Photo | None

    @classmethod
    def of_article(cls, article: Article, masthead: Masthead) -> "Card":
        """Compose the card of an article on a page; its captions with photos are loaded."""
        caption = next(iter(article.captions.all()), None)
        page = article.page
        words = CardWords(
            paper=masthead.name,
            date=page.issue.title,
            place=page.title,
            kicker=article.kicker.strip("—－-―─ \u3000"),
            headline=article.display_title,
            credit=_credit(caption),
        )
        return cls(f"articles/{article.pk}", words, _drawable(caption))

    @classmethod
    def of_issue(cls, issue: Issue, lead: Article | None, masthead: Masthead) -> "Card":
        """Compose the card of an issue: its first headline and photo. One query with a lead."""
        caption = lead and lead.captions.select_related("photo").first()
        words = CardWords(
            paper=masthead.name,
            date=f"{issue.title} {issue.weekday}",
            place="",
            kicker="",
            headline=lead.display_title if lead else issue.title,
            credit=_credit(caption),
        )
        return cls(f"issues/{issue.url_key}", words, _drawable(caption))

    @property
    def name(self) -> str:
        """The storage name of its file."""
        photo = renditions.rendition_name(self.photo, "wide") if self.photo else ""
        drawn = repr((DESIGN, card_font(), astuple(self.words), photo))
        digest = hashlib.sha256(drawn.encode()).hexdigest()[:20]
        return f"{FOLDER}/{self.subject}/{digest}.jpg"


def stored_card(card: Card) -> str | None:
    """Return the storage name of a card, drawn now where it is missing; None without a font.

    Cards that the subject had before are deleted. No query.
    """
    font, name = card_font(), card.name
    if font is None or default_storage.exists(name):
        return name if font else None
    photo = _photo_part(card.photo) if card.photo else None
    saved = default_storage.save(name, ContentFile(draw_card(card.words, font, photo)))
    folder, _, kept = name.rpartition("/")
    for other in default_storage.listdir(folder)[1]:
        if other != kept:  # an earlier card, or the same one that another request drew meanwhile
            default_storage.delete(f"{folder}/{other}")
    return name if default_storage.exists(name) else saved


def draw_cards(issue: Issue) -> int:
    """Draw the missing cards of an issue and of its signed articles in print order.

    Return how many it has then: `MOST_AT_ONCE` at most, none without a font. The others are drawn
    when they are asked for. Five queries.
    """
    if card_font() is None:
        return 0
    masthead = queries.masthead_on(issue.issued_on)
    signed = queries.all_in(issue).filter(status=Status.SIGNED).in_print_order()
    articles = list(
        signed.select_related("page__issue", "column").prefetch_related("captions__photo")
    )
    cards = [Card.of_issue(issue, articles[0] if articles else None, masthead)]
    cards += [Card.of_article(article, masthead) for article in articles]
    return len([stored_card(card) for card in cards[:MOST_AT_ONCE]])


def _drawable(caption: Caption | None) -> Photo | None:
    """Return the photo of a caption; none that a program made up: a card has no mark for it."""
    return caption.photo if caption and not caption.photo.generated else None


def _credit(caption: Caption | None) -> str:
    return caption.printed_credit if _drawable(caption) else ""


def _photo_part(photo: Photo) -> Image.Image | None:
    """Return what the card shows of a photo, around its focus; None where the file is missing."""
    try:
        with renditions.open_rendition(photo, "wide") as file, Image.open(file) as image:
            crop, focus = (
                crop_for(PHOTO, photo.crops),
                [float(part) for part in photo.focus.split("x")],
            )
            edges = crop_box(image.size, PHOTO, focus, crop)
            return image.resize(PHOTO, Image.Resampling.LANCZOS, box=edges)
    except FileNotFoundError:
        return None
