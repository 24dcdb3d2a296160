"""Editors who save articles over HTTP, as a browser does: open the form, change it, save."""

import html
import re
import threading
import time
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import Cookie, CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

from django.conf import settings

from articles.models import Article, Member
from articles.revisions import read, record

from . import factories
from .form_helpers import fields, signed_in
from .gunicorn_server import PATIENCE, Server

PASSWORD = "correct horse battery"
HIDDEN = '<input type="hidden" name="([^"]+)" value="([^"]*)"'


class UnansweredError(Exception):
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
    """A browser of one member, signed in by a session made in the server's database."""

    def __init__(self, server: Server, member: Member):
        self.server, self.jar = server, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar), _AsItCame())
        session = signed_in(member).cookies[settings.SESSION_COOKIE_NAME]
        self.jar.set_cookie(_cookie(session.key, session.value))

    def log_in(self, username: str) -> None:
        """Log in anew with the password, as a person does."""
        self.jar.clear()
        self.ask("/admin/login/")
        answer = self.ask("/admin/login/", username=username, password=PASSWORD, next="/admin/")
        assert (answer.status, answer.address) == (302, "/admin/"), answer

    def ask(self, path: str, **form: str) -> Answer:
        """Ask for a page, or post a form to it. Raises UnansweredError."""
        request = Request(self.server.address + path, headers={"Origin": self.server.address})
        if form:
            request.data = urlencode(form | {"csrfmiddlewaretoken": self.cookie("csrf")}).encode()
        try:
            with self.opener.open(request, timeout=PATIENCE) as found:
                return Answer(found.status, found.headers.get("Location", ""), found.read())
        except (URLError, HTTPException, OSError) as cause:
            raise UnansweredError(path) from cause

    def cookie(self, name: str) -> str:
        """Return a cookie that the server has set."""
        return next(cookie.value for cookie in self.jar if cookie.name == name)


def _cookie(name: str, value: str) -> Cookie:
    """Return a cookie of this machine's own address."""
    host = {"domain": "127.0.0.1", "domain_specified": False, "domain_initial_dot": False}
    path = {"port": None, "port_specified": False, "path": "/", "path_specified": True}
    rest = {"expires": None, "discard": True, "comment": None, "comment_url": None, "rest": {}}
    return Cookie(0, name, value, secure=False, **host, **path, **rest)


def hidden(answer: Answer) -> dict[str, str]:
    """Return the hidden fields of a page, found without parsing it."""
    tags = re.findall(HIDDEN, answer.content.decode())
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
    first = factories.make_member(username="editor-0", is_staff=True, is_superuser=True)
    for number in range(1, count):
        Member.objects.create(
            username=f"editor-{number}", password=first.password, is_staff=True, is_superuser=True
        )
    articles = [factories.make_article(status="draft", **few_words(0)) for _ in range(count)]
    photo, typed = factories.make_photo(), words(0)
    for article in articles if with_rows else ():
        factories.make_byline(article=article, name=typed["bylines-0-name"])
        factories.make_caption(
            article=article, photo=photo, words=typed["captions-0-words"], credit=""
        )
        article.tags.add(typed["tags"])
    for article in articles:
        record(article, by=first)
    return articles


class Writer(threading.Thread):
    """Opens one article, changes every field of its words and saves, again and again.

    A light one changes a headline and a paragraph only. `pause` is what it waits after a save, in
    seconds. The form is opened for every tenth save,
    and after one that was not acknowledged: otherwise the writer knows which version it has made.

    `saved` are the numbers of the saves that the server acknowledged, `cut` of those that it left
    unanswered, `faults` what it should not have answered. `gap` is the longest time between two
    acknowledged saves.
    """

    def __init__(
        self, editor: Editor, article: Article, *, times=1_000_000, is_light=False, pause=0
    ):
        super().__init__(daemon=True)
        self.editor, self.times, self.is_light, self.pause = editor, times, is_light, pause
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
                time.sleep(self.pause)

    def save(self, number: int) -> bool:
        """Open the form and save it once; tell whether that was acknowledged."""
        is_open = number - 1 in self.saved[-1:] and number % 10 != 1
        form = self.next_version() if is_open else self.open_form()
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
        except UnansweredError:
            return None
        finally:
            self.is_sending = False

    def next_version(self) -> dict[str, str]:
        """Return what the form would hold that was opened after the last save."""
        self.form["_version"] = str(int(self.form["_version"]) + 1)
        return self.form

    def open_form(self) -> dict[str, str]:
        """Return what the form holds, asked for until it is answered; nothing where it is not.

        Read whole the first time, and later only in what is hidden: versions and keys.
        """
        while True:
            try:
                answer = self.editor.ask(self.address)
            except UnansweredError:
                time.sleep(0.05)
                continue
            if answer.status != 200:
                self.faults.append(answer)
                return {}
            new = hidden(answer) if self.form else fields(answer, "article_form")
            self.form |= {name: value for name, value in new.items() if name in (self.form or new)}
            return self.form


def at_work(server: Server, count: int, **pace) -> list[Writer]:
    """Start a server and some writers, each on an article of their own; `pace` as Writer has it."""
    articles = make_articles(count, with_rows=not pace.get("is_light"))
    server.start()
    members = Member.objects.order_by("pk")
    writers = [
        Writer(Editor(server, member), article, **pace)
        for member, article in zip(members, articles, strict=True)
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
