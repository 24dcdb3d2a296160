"""Fills the scratch database: the sample issue, and one page of 25 long articles a day later."""

import random
from datetime import date

from django.core.management import call_command

from articles.models import Article, Genre
from articles.tests import factories

from .invented import DID, WHAT, WHO, paragraphs

EXTRA_DAY = date(2024, 7, 28)
ARTICLES = 25
PHOTOS = (2, 9, 17)


def fill() -> str:
    """Make the issue of 25 articles, three of them with a photo; return the lead's address."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "sample_issue", verbosity=0)
    chance = random.Random(20240728)
    page = factories.make_page(issue=factories.make_issue(issued_on=EXTRA_DAY))
    column, writer = factories.make_column(), factories.make_contributor()
    for number in range(ARTICLES):
        place, done, thing = chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
        article = factories.make_article(
            page=page,
            headline=f"{place}{done}{chance.randint(2, 60)}处{thing} 方便居民出行",
            kicker=f"“{thing}”三年行动进入第二年" if number % 5 == 0 else "",
            deck=f"年内再{done}一批，覆盖全部村（社区）" if number % 7 == 0 else "",
            dateline="本报讯",
            genre=Genre.PHOTO if number in PHOTOS else Genre.NEWS,
            column=column if number % 6 == 1 else None,
            paragraphs=paragraphs(chance),
        )
        factories.make_byline(article=article, contributor=writer)
        factories.make_byline(article=article, role="通讯员", name="周一鸣")
        article.tags.add("民生", thing)
        if number in PHOTOS:
            factories.make_caption(article=article, photo=factories.make_photo(size=(1200, 800)))
    return Article.objects.get(page=page, position=1).get_absolute_url()
