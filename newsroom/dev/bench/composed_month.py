"""Fills the scratch database with a month of an archive and generated photographs.

The archive has words only. Which articles get a picture, and which one, follows from a seed, so
that the same archive always makes the same pages.
"""

import random
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management import call_command

from articles.models import Article, Caption, Genre, Issue, Photo, Status
from articles.photos import renditions

from .photographs import PHOTOGRAPHS, photograph

SEED = 20191001
# Of the leads, and of the other articles.
PICTURED, PICTURED_ELSEWHERE = 0.6, 0.08
# The headlines by which the archive names what is no news.
GENRES = {"广告": Genre.ADVERTISEMENT, "图片报道": Genre.PHOTO}
MARKED = (
    ("评论", Genre.COMMENTARY),
    ("锐评", Genre.COMMENTARY),
    ("社论", Genre.EDITORIAL),
    ("公告", Genre.NOTICE),
    ("讣告", Genre.NOTICE),
)
WORDS = "图为活动现场，附近居民前来参加。"


def fill(archive: Path) -> list[str]:
    """Import and release an archive, give it pictures; return the keys of its issues in order."""
    call_command("migrate", verbosity=0)
    call_command("import_archive", str(archive), release=True, verbosity=0)
    mark_genres()
    photos = [make_photo(name) for name in PHOTOGRAPHS]
    Caption.objects.bulk_create(captions(photos))
    return [issue.url_key for issue in Issue.objects.published().order_by("issued_on")]


def mark_genres() -> None:
    """Give advertisements, photo news and commentary of the archive their genre."""
    for headline, genre in GENRES.items():
        Article.objects.filter(headline=headline).update(genre=genre)
    Article.objects.filter(genre=Genre.PHOTO).update(headline="")
    for mark, genre in MARKED:
        Article.objects.filter(headline__endswith=f"（{mark}）").update(genre=genre)


def make_photo(name: str) -> Photo:
    """Store a generated photograph with its renditions."""
    photo = Photo(credit="周一鸣 摄", alt="示例占位图")
    photo.file = ContentFile(photograph(name), f"{name}.jpg")
    renditions.store_with_renditions(photo)
    photo.save()
    return photo


def captions(photos: list[Photo]) -> list[Caption]:
    """Return the captions of the articles that get a picture: all photo news, some of the rest."""
    chance, found = random.Random(SEED), []
    articles = Article.objects.filter(status=Status.SIGNED).exclude(genre=Genre.ADVERTISEMENT)
    for article in articles.in_print_order():
        rate = PICTURED if article.position == 1 else PICTURED_ELSEWHERE
        is_drawn, photo = chance.random() < rate, chance.choice(photos)
        if is_drawn or article.is_photo:
            found.append(Caption(article=article, photo=photo, words=WORDS, position=1))
    return found
