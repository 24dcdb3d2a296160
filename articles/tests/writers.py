"""Editors who write over HTTP, as a browser does: log in, open the form, change it, save."""

import html
import re
import threading
import time
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

from articles.models import Article, Member
from articles.revisions import read, record

from . import make
from .posting import fields
from .serving import PATIENCE, Server

PASSWORD = "correct horse battery"
HIDDEN = '<input type="hidden" name="([^"]+)" value="([^"]*)"'


class Unanswered(Exception):  # noqa: N818 (it reads as what happened)
    """No answer came: nobody knows whether the request was served."""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    address: str
    content: bytes


class _AsItCame(HTTPErrorProcessor):
    """Follows no redirect, and takes no answer for an error."""

    def http_response(self, request, response):
        return response


class Editor:
    """Somebody with a browser who may do everything, logged in."""

    def __init__(self, server: Server, username: str):
        self.server, self.jar = server, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar), _AsItCame())
        self.ask("/admin/login/")
        answer = self.ask("/admin/login/", username=username, password=PASSWORD, next="/admin/")
        assert (answer.status, answer.address) == (302, "/admin/"), answer

    def ask(self, path: str, **form: str) -> Answer:
        """Ask for a page, or post a form to it. Raises Unanswered."""
        request = Request(self.server.address + path, headers={"Origin": self.server.address})
        if form:
            request.data = urlencode(form | {"csrfmiddlewaretoken": self.cookie("csrf")}).encode()
        try:
            with self.opener.open(request, timeout=PATIENCE) as found:
                return Answer(found.status, found.headers.get("Location", ""), found.read())
        except (URLError, HTTPException, OSError) as cause:
            raise Unanswered(path) from cause

    def cookie(self, name: str) -> str:
        """Return a cookie that the server has set."""
        return next(cookie.value for cookie in self.jar if cookie.name == name)


def hidden(answer: Answer) -> dict[str, str]:
    """Return the hidden fields of a page, found without parsing it."""
    tags = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()
    )
    return {name: html.unescape(value) for name, value in tags}


def words(number: int) -> dict[str, str]:
    """Return what an editor types the n-th time; every field tells the number."""
    return {
        "headline": f"云溪区第{number}稿",
        "body": f"<p>第{number}稿：河埠路便民服务点启用。</p>",
        "bylines-0-name": f"作者{number}",
        "captions-0-words": f"第{number}稿的图。",
        "tags": f"标签{number}",
    }


def few_words(number: int) -> dict[str, str]:
    """Return the same for an article of a headline and a paragraph."""
    return {name: words(number)[name] for name in ("headline", "body")}


def numbers_in(copy) -> set[str]:
    """Return which times of typing the words of an article come from: one, if they are whole."""
    return {
        copy.headline.removeprefix("云溪区第").removesuffix("稿"),
        copy.body.removeprefix("<p>第").removesuffix("稿：河埠路便民服务点启用。</p>"),
        *(byline.name.removeprefix("作者") for byline in copy.bylines),
        *(caption.words.removeprefix("第").removesuffix("稿的图。") for caption in copy.captions),
        *(tag.removeprefix("标签") for tag in copy.tags),
    }


def make_articles(count: int, *, with_rows=True) -> list[Article]:
    """Make members of the desk and for each an article, with a byline, a caption and a tag."""
    first = make.make_member(username="editor-0", is_staff=True, is_superuser=True)
    for number in range(1, count):
        Member.objects.create(
            username=f"editor-{number}", password=first.password, is_staff=True, is_superuser=True
        )
    articles = [make.make_article(status="draft", **few_words(0)) for _ in range(count)]
    photo, typed = make.make_photo(), words(0)
    for article in articles if with_rows else ():
        make.make_byline(article=article, name=typed["bylines-0-name"])
        make.make_caption(article=article, photo=photo, words=typed["captions-0-words"], credit="")
        article.tags.add(typed["tags"])
    for article in articles:
        record(article, by=first)
    return articles


class Writer(threading.Thread):
    """Opens one article, changes every field of its words and saves, again and again.

    A light one changes a headline and a paragraph, and opens the form for every tenth save only:
    in between it knows which version it has made.

    `saved` are the numbers of the saves that the server acknowledged, `cut` of those that it left
    unanswered, `faults` what it should not have answered. `gap` is the longest time between two
    acknowledged saves.
    """

    def __init__(self, editor: Editor, article: Article, *, times=1_000_000, is_light=False):
        super().__init__(daemon=True)
        self.editor, self.times, self.is_light = editor, times, is_light
        self.pk, self.address = article.pk, f"/admin/articles/article/{article.pk}/change/"
        self.form: dict[str, str] = {}
        self.saved, self.cut, self.faults = [], [], []
        self.is_sending, self.is_told_to_stop, self.gap = False, False, 0.0

    def run(self):
        last = time.monotonic()
        for number in range(1, self.times + 1):
            if self.is_told_to_stop or self.faults:
                return
            if self.save(number):
                now = time.monotonic()
                self.gap, last = max(self.gap, now - last), now

    def save(self, number: int) -> bool:
        """Open the form and save it once; tell whether that was acknowledged."""
        form = self.gone_on() if self.is_light and number % 10 != 1 else self.opened()
        typed = few_words(number) if self.is_light else words(number)
        answer = self.sent(form | typed) if form else None
        if answer is None:
            self.cut.append(number)
        elif answer.status != 302 or "login" in answer.address:
            self.faults.append(answer)
        else:
            self.saved.append(number)
        return number in self.saved[-1:]

    def sent(self, form: dict[str, str]) -> Answer | None:
        """Post the form; return what is answered, if anything."""
        self.is_sending = True
        try:
            return self.editor.ask(self.address, **form)
        except Unanswered:
            return None
        finally:
            self.is_sending = False

    def gone_on(self) -> dict[str, str]:
        """Return what the form would hold that was opened after the last save."""
        self.form["_version"] = str(int(self.form["_version"]) + 1)
        return self.form

    def opened(self) -> dict[str, str]:
        """Return what the form holds, asked for until it is answered; nothing where it is not.

        Read whole the first time, and later only in what is hidden: versions and keys.
        """
        while True:
            try:
                answer = self.editor.ask(self.address)
            except Unanswered:
                time.sleep(0.05)
                continue
            if answer.status != 200:
                self.faults.append(answer)
                return {}
            new = hidden(answer) if self.form else fields(answer, "article_form")
            self.form |= {name: value for name, value in new.items() if name in (self.form or new)}
            return self.form


def at_work(server: Server, count: int, *, times=1_000_000, is_light=False) -> list[Writer]:
    """Start a server and some writers, each on an article of their own."""
    articles = make_articles(count, with_rows=not is_light)
    server.start()
    editors = [Editor(server, f"editor-{number}") for number in range(count)]
    writers = [
        Writer(editor, article, times=times, is_light=is_light)
        for editor, article in zip(editors, articles, strict=True)
    ]
    for writer in writers:
        writer.start()
    return writers


def finish(writers: list[Writer]) -> None:
    """Let the writers end the save they are at."""
    for writer in writers:
        writer.is_told_to_stop = True
    for writer in writers:
        writer.join()


def total(writers: list[Writer], what: str) -> int:
    """Return how many saves were `saved` or `cut`; fail where one was answered badly."""
    faults = [fault for writer in writers for fault in writer.faults]
    assert not faults, faults[0]
    return sum(len(getattr(writer, what)) for writer in writers)


def assert_nothing_is_lost_or_torn(writer: Writer) -> None:
    """Every acknowledged save is kept, whole and in its place; the last words stand."""
    article = Article.objects.get(pk=writer.pk)
    kept = list(article.revisions.order_by("number"))
    assert [revision.number for revision in kept] == [*range(1, len(kept) + 1)]
    assert [r.number for r in kept if r.digest != r.copy.digest] == []
    found = [numbers_in(revision.copy) for revision in kept]
    assert [numbers for numbers in found if len(numbers) != 1] == []
    order = [int(number) for (number,) in found]
    assert order == sorted(set(order))
    assert set(writer.saved) <= set(order) <= {0, *writer.saved, *writer.cut}
    assert (article.version, read(article)) == (len(kept), kept[-1].copy)
