"""Fill an empty database with an archive of thirty years, made of the stories of a month.

    manage.py large_archive MONTH.jsonl.gz --articles 440000

Each article has a headline and some 800 字 of paragraphs drawn from the month, a byline or two, a
revision, and the first and the last review of its way to print. There are 40 articles an issue and
an issue a day; the last one is being made tonight. One column, one tag and one person have an
article in 22 (20,000 of 440,000), one article in 100 was corrected, one in 500 withdrawn. Nothing
derived is made here: the commands that rebuild it do that.
"""

import gzip
import json
import random
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from taggit.models import Tag
from tqdm import tqdm

from articles.content.copy import Copy
from articles.models import (
    Article,
    Byline,
    Change,
    Column,
    Contributor,
    Correction,
    Issue,
    Member,
    Page,
    Review,
    Revision,
    Status,
    Tagging,
)

TONIGHT = date(2026, 11, 30)
ON_A_PAGE, PAGES = 5, 8
ON_A_DAY = ON_A_PAGE * PAGES
LENGTH = 800
COLUMNS, TAGS, PEOPLE = 60, 300, 400
OFTEN, CORRECTED, WITHDRAWN = 22, 100, 500
DAYS_AT_ONCE = 50


class Month:
    """The headlines, decks and paragraphs of a month, to draw from."""

    def __init__(self, file: Path):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            stories = [json.loads(line) for line in lines]
        self.headlines = [story["headline"] for story in stories if story["headline"]]
        self.decks = [story["deck"] for story in stories]
        self.paragraphs = [text for story in stories for text in story["paragraphs"] if text]

    def body(self, chance: random.Random) -> str:
        """Return the HTML of paragraphs of about `LENGTH` 字."""
        chosen, length = [], 0
        while length < LENGTH - 60:
            paragraph = chance.choice(self.paragraphs)[: LENGTH - length]
            chosen.append(paragraph.replace("&", "&amp;").replace("<", "&lt;"))
            length += len(paragraph)
        return "".join(f"<p>{paragraph}</p>" for paragraph in chosen)


def people_and_names():
    """Create the member, the columns, tags and contributors; return them."""
    chief = Member.objects.create_superuser("bench", password="bench", name="周总编")
    columns = [Column(name=f"栏目{number}") for number in range(COLUMNS)]
    tags = [Tag(name=f"标签{number}", slug=f"tag{number}") for number in range(TAGS)]
    people = [Contributor(name=f"记者{number}", role="记者") for number in range(PEOPLE)]
    return (
        chief,
        Column.objects.bulk_create(columns),
        Tag.objects.bulk_create(tags),
        Contributor.objects.bulk_create(people),
    )


class Archive:
    """Writes days of articles with all their parts, as many queries for a day as for fifty."""

    def __init__(self, month: Month):
        self.month, self.chance = month, random.Random(11)
        self.chief, self.columns, self.tags, self.people = people_and_names()
        self.written = 0

    def write(self, days: list[date]) -> None:
        """Write the issues of some days."""
        pages = self.pages(days)
        articles = Article.objects.bulk_create(
            self.article(page, position + 1) for page in pages for position in range(ON_A_PAGE)
        )
        Byline.objects.bulk_create(row for each in articles for row in self.bylines(each))
        Tagging.objects.bulk_create(row for each in articles for row in self.taggings(each))
        revisions = Revision.objects.bulk_create(self.revision(each) for each in articles)
        Review.objects.bulk_create(row for each in revisions for row in self.reviews(each))
        corrected = [each for each in revisions if each.article_id % CORRECTED == 0]
        Correction.objects.bulk_create(
            Correction(
                article_id=each.article_id,
                revision=each,
                notice="第二段“七十”应为“七”。",
                made_by=self.chief,
                made_at=each.made_at + timedelta(days=1),
            )
            for each in corrected
        )

    def pages(self, days: list[date]):
        """Create the issues and pages of some days; return the pages."""
        issues = Issue.objects.bulk_create(
            Issue(issued_on=day, released_at=None if day == TONIGHT else instant(day, hour=6))
            for day in days
        )
        return Page.objects.bulk_create(
            Page(issue=issue, label=f"A{number}", name="要闻" if number == 1 else "民生")
            for issue in issues
            for number in range(1, PAGES + 1)
        )

    def article(self, page, position: int):
        """Return one article, unsaved."""
        self.written += 1
        number, chance = self.written, self.chance
        status = Status.SIGNED
        if page.issue.issued_on == TONIGHT:
            status = [Status.DRAFT, Status.FIRST_REVIEW, Status.SIGNED][number % 3]
        elif number % WITHDRAWN == 0:
            status = Status.WITHDRAWN
        column = self.columns[0] if number % OFTEN == 0 else None
        if column is None and number % 5 == 0:
            column = chance.choice(self.columns)
        return Article(
            uid=uuid.UUID(int=chance.getrandbits(128), version=4),
            page=page,
            position=position,
            status=status,
            column=column,
            headline=chance.choice(self.month.headlines)[:100],
            deck=chance.choice(self.month.decks)[:100] if number % 4 == 0 else "",
            dateline="本报讯",
            body=self.month.body(chance),
            version=1,
        )

    def bylines(self, article):
        """Yield the bylines of an article: linked, and every third one by its name only."""
        often = article.pk % OFTEN == 0
        who = self.people[0] if often else self.chance.choice(self.people)
        link = None if article.pk % 3 == 0 else who
        yield Byline(article=article, position=1, role="记者", name=who.name, contributor=link)
        if article.pk % 2:
            yield Byline(article=article, position=2, role="通讯员", name=f"李{article.pk % 997}")

    def taggings(self, article):
        """Yield the taggings of an article."""
        if article.pk % OFTEN == 0:
            yield Tagging(content_object=article, tag=self.tags[0])
        elif article.pk % 2:
            yield Tagging(content_object=article, tag=self.chance.choice(self.tags))

    def revision(self, article):
        """Return the revision of an article, unsaved."""
        copy = Copy(headline=article.headline, deck=article.deck, body=article.body)
        return Revision(
            article=article,
            number=1,
            stored_copy=copy.as_json(),
            digest=copy.digest,
            change=Change.WRITTEN,
            status=article.status,
            made_by=self.chief,
            made_at=instant(article.page.issue.issued_on - timedelta(days=1), hour=20),
        )

    def reviews(self, revision):
        """Yield the first and the last review of an article, and its withdrawal."""
        status, made_at = revision.article.status, revision.made_at
        steps = [("submit", Status.DRAFT, Status.FIRST_REVIEW)]
        if status in (Status.SIGNED, Status.WITHDRAWN):
            steps.append(("sign", Status.FINAL_REVIEW, Status.SIGNED))
        if status == Status.WITHDRAWN:
            steps.append(("withdraw", Status.SIGNED, Status.WITHDRAWN))
        for hour, (move, source, target) in enumerate(steps if status != "draft" else []):
            yield Review(
                article=revision.article,
                revision=revision,
                move=move,
                from_status=source,
                to_status=target,
                note="不实" if move == "withdraw" else "",
                made_by=self.chief,
                made_at=made_at + timedelta(hours=hour),
            )


def instant(day: date, *, hour: int) -> datetime:
    """Return an instant of a day by the newsroom's clock."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def write_archive(file: Path, articles: int) -> None:
    """Write an archive into the empty, migrated database of the settings."""
    archive = Archive(Month(file))
    days = [TONIGHT - timedelta(days=number) for number in range(articles // ON_A_DAY)][::-1]
    with tqdm(total=len(days) * ON_A_DAY, unit=" articles") as bar:
        for start in range(0, len(days), DAYS_AT_ONCE):
            part = days[start : start + DAYS_AT_ONCE]
            with transaction.atomic():
                archive.write(part)
            bar.update(len(part) * ON_A_DAY)
