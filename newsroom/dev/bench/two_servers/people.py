"""Readers, editors and whoever publishes, with what each of them counts."""

import asyncio
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.utils import timezone

from articles import publication
from articles.models import Article, Status
from articles.tests import factories
from articles.tests.http_editors import Answer, Editor, UnansweredError
from articles.workflow import move

TAGS = re.compile("<[^>]*>")
NEWS = re.compile(r"第([0-9]+)号新闻")
FIRST_DAY = date(2020, 1, 1)
# Seconds between two publications, and for which a reader reads a page on average.
EVERY, READING = 2.0, 5.0
PATIENCE = 60


class TornError(Exception):
    """An answer ended before its end: its server was killed when a part had been passed on."""


@dataclass
class News:
    """What is published: the number that every reader must see at least, and what is withdrawn."""

    number: int = 0
    addresses: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


class Publisher(threading.Thread):
    """Publishes an issue, then a change of its article, each with the next number.

    After every fifth issue the article of the one before is withdrawn.
    """

    def __init__(self, news: News):
        super().__init__(daemon=True)
        self.news, self.is_told_to_stop, self.count = news, False, 0
        self.chief, self.photo = factories.make_chief(), factories.make_photo()

    def run(self):
        before = None
        while not self.is_told_to_stop:
            article = self.publish()
            time.sleep(EVERY)
            self.change(article)
            time.sleep(EVERY)
            if self.count % 10 == 0:
                self.withdraw(before)
            before = article
        connection.close()

    def publish(self) -> Article:
        """Publish the next issue."""
        self.count += 1
        day = FIRST_DAY + timedelta(days=self.count)
        with transaction.atomic():
            issue = factories.make_issue(issued_on=day, released_at=None)
            page = factories.make_page(issue=issue)
            article = factories.make_article(page=page, headline=f"第{self.count}号新闻")
            factories.make_caption(article=article, photo=self.photo)
            issue.released_at = timezone.now() - timedelta(seconds=1)
            issue.save()
            publication.release_changed(issue)
        self.news.number = self.count
        self.news.addresses.append(article.get_absolute_url())
        self.news.pictures = [f"/photos/{self.photo.uid}/small.jpg"]
        return article

    def change(self, article: Article) -> None:
        """Change the headline of a published article."""
        self.count += 1
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(headline=f"第{self.count}号新闻")
            publication.article_changed(article)
        self.news.number = self.count

    def withdraw(self, article: Article) -> None:
        """Withdraw an article; readers who ask from now on get none."""
        fresh = Article.objects.get(pk=article.pk)
        move(fresh, "withdraw", by=self.chief, note="演练")
        assert Article.objects.get(pk=article.pk).status == Status.WITHDRAWN
        self.news.addresses.remove(article.get_absolute_url())
        self.news.withdrawn.append(article.get_absolute_url())


class Readers(threading.Thread):
    """So many readers, each asking for a page, reading it, asking for the next one.

    `told` counts the answers by status; `backwards` are pages older than what was published when
    they were asked for, and articles that had been withdrawn by then; `torn` are answers that
    ended in the middle, which no proxy can ask for again.
    """

    def __init__(self, address: str, count: int, news: News):
        super().__init__(daemon=True)
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self.count, self.news, self.is_told_to_stop = count, news, False
        self.told: Counter[int] = Counter()
        self.failed, self.backwards, self.seconds, self.torn = [], [], [], []

    def run(self):
        asyncio.run(self.all())

    async def all(self) -> None:
        """Let all of them read."""
        await asyncio.gather(*(self.reader(random.Random(seed)) for seed in range(self.count)))

    async def reader(self, chance: random.Random) -> None:
        """Read until told to stop."""
        while not self.is_told_to_stop:
            await asyncio.sleep(chance.uniform(0, 2 * READING))
            await self.read(self.next_page(chance))

    def next_page(self, chance: random.Random) -> str:
        """Return what a reader asks for next."""
        news, kind = self.news, chance.random()
        for share, found in ((0.1, news.withdrawn[-3:]), (0.3, news.addresses[-5:])):
            if kind < share and found:
                return chance.choice(found)
        others = ["/archive/", "/feeds/paper.atom", "/search/?q=新闻", *news.pictures]
        return "/" if kind < 0.8 else chance.choice(others)

    async def read(self, path: str) -> None:
        """Ask for a page, and count what comes."""
        floor, is_gone, began = self.news.number, path in self.news.withdrawn, time.monotonic()
        try:
            status, body = await asyncio.wait_for(self.ask(path), PATIENCE)
        except TornError:
            self.torn.append(path)
            return
        except (OSError, IndexError, TimeoutError, EOFError) as error:
            self.failed.append((path, type(error).__name__))
            return
        self.seconds.append(time.monotonic() - began)
        self.told[status] += 1
        if status >= 500:
            self.failed.append((path, status))
        if is_gone and status < 400:
            self.backwards.append((path, "withdrawn", status))
        if path == "/" and status == 200:
            shown = newest_in(body.decode())
            if shown < floor:
                self.backwards.append((path, floor, shown))

    async def ask(self, path: str) -> tuple[int, bytes]:
        """Return status and body. Raises OSError, EOFError, TornError."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            host, path = f"{self.host}:{self.port}", path.replace("新闻", "%E6%96%B0%E9%97%BB")
            head = f"GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            told = await reader.readuntil(b"\r\n\r\n")
            body = await reader.read()
            length = re.search(rb"(?i)content-length: ([0-9]+)", told)
            if length and len(body) != int(length[1]):
                raise TornError
            return int(told.split()[1]), body
        finally:
            writer.close()


def newest_in(page: str) -> int:
    """Return the largest number of news on a page, whose headlines have places to break."""
    return max((int(number) for number in NEWS.findall(TAGS.sub("", page))), default=0)


class ProxiedEditor(Editor):
    """An editor behind a proxy, whose 502 to 504 tells that no server has answered."""

    unanswered: Counter[str] = Counter()

    def ask(self, path: str, **form: str) -> Answer:
        """Ask as `Editor.ask` does; raise UnansweredError for 502 to 504 too."""
        answer = super().ask(path, **form)
        if answer.status in (502, 503, 504):
            self.unanswered[f"{'POST' if form else 'GET'} {answer.status}"] += 1
            raise UnansweredError(path)
        return answer
