"""The requests that are traced, each made twice."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.test import Client

from newsroom.dev.form import filled
from newsroom.dev.scratch import NEXT_DAY, rows, signed_in
from newsroom.dev.tracing import traced

EDITOR = "责任编辑"
DESK = "/admin/articles"
# Makes Django load all URLs of the site; uses nothing else of it.
FIRST_OF_ALL = "/robots.txt"


@dataclass
class Journey:
    """A browser and the request that it makes: `data` None is a GET. `status` must come back."""

    client: Client
    path: str
    data: dict | None = None
    status: int = 200

    def make(self) -> None:
        """Make the request."""
        if self.data is None:
            response = self.client.get(self.path)
        else:
            response = self.client.post(self.path, self.data)
        if response.status_code != self.status:
            raise RuntimeError(f"{self.path} answers {response.status_code}")


def read_article() -> Iterator[Journey]:
    """A reader opens the photo news of the sample issue, which has every part of an article."""
    article = rows("Article").filter(genre="photo").order_by("pk").first()
    while True:
        yield Journey(Client(), f"/articles/{article.pk}/")


def read_front() -> Iterator[Journey]:
    """A reader opens the paper."""
    while True:
        yield Journey(Client(), "/")


def save_article() -> Iterator[Journey]:
    """An editor changes the words of a draft with signatures, a picture and tags."""
    editor = signed_in(role=EDITOR)
    draft = rows("Article").get(page__issue__issued_on=NEXT_DAY, genre="photo")
    rows("Article").filter(pk=draft.pk).update(status="draft")
    path = f"{DESK}/article/{draft.pk}/change/"
    while True:
        data = filled(editor.get(path).content.decode(), "body")
        data["body"] += "<p>服务点每天开放。</p>"
        yield Journey(editor, path, data, 302)
        if rows("Article").get(pk=draft.pk).body != data["body"]:
            raise RuntimeError("the article was not changed")


def upload_text() -> Iterator[Journey]:
    """An editor uploads the text of the sample page; the second time for another new issue."""
    editor, path = signed_in(role=EDITOR), f"{DESK}/rawpage/add/"
    for later in (1, 2):
        issue = rows("Issue").create(issued_on=NEXT_DAY + timedelta(days=later))
        data = filled(editor.get(path).content.decode(), "text")
        typed = {"issue": str(issue.pk), "label": "A1", "text": sample_text()}
        yield Journey(editor, path, data | typed, 302)


def make_drafts() -> Iterator[Journey]:
    """An editor makes drafts of what was read in; the second time of another issue's text."""
    for journey in upload_text():
        journey.make()
        raw = rows("RawPage").order_by("-pk").first()
        path = f"{DESK}/rawpage/{raw.pk}/change/"
        data = filled(journey.client.get(path).content.decode(), "version")
        yield Journey(journey.client, path, data | {"store": "1"}, 302)
        if not rows("Article").filter(page=raw.page).exists():
            raise RuntimeError("no drafts were made")


def sample_text() -> str:
    """Return the text of the sample page, wherever the tests keep it."""
    found = Path(__file__).parents[2].glob("articles/**/samples/page-text.txt")
    return next(found).read_text(encoding="utf-8")


JOURNEYS = {
    "GET an article": read_article,
    "GET the front page": read_front,
    "POST an article's form": save_article,
    "POST the text of a page": upload_text,
    "POST: make its drafts": make_drafts,
}


def trace_journey(name: str, is_ours: Callable[[str], bool]) -> dict:
    """Return what ran for the first request of a journey and for the second."""
    found = {}
    Client().get(FIRST_OF_ALL)
    journeys = JOURNEYS[name]()
    for turn in ("first", "again"):
        journey = next(journeys)
        with traced(is_ours) as trace:
            journey.make()
        found[turn] = trace.measures()
    next(journeys, None)
    return found


def in_child_process(function: Callable, *arguments):
    """Return what a function returns in a forked process, which keeps what it changes."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=lambda: there.send(function(*arguments)))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        raise RuntimeError("the child process failed, see above") from None
    finally:
        child.join()
