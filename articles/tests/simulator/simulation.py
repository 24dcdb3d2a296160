"""One newsroom driven by one seed: its people, its model, and how a request is made."""

import random
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, close_old_connections, connection
from django.test import Client
from django.test.client import ClientHandler

from articles.models import Member
from articles.tests.factories import make_issue, make_page

from . import faults
from .clock import Clock
from .faults import DEATH, ELSEWHERE, FULL_DATABASE, FULL_DISK, LOST_DATABASE, Fault
from .newsroom_model import Paper, Piece

APPLICATION = ClientHandler(enforce_csrf_checks=False)
ORIGIN = {"origin": "http://testserver"}
LOGGED_IN_FOR = timedelta(hours=7)
# Of a hundred requests so many meet each fault.
CHANCES = {DEATH: 5, ELSEWHERE: 3, LOST_DATABASE: 5, FULL_DATABASE: 2, FULL_DISK: 3}
# Of those that store files.
WITH_FILES = {FULL_DATABASE: 15, FULL_DISK: 20}


@dataclass(frozen=True)
class Answer:
    """What came back of a request, or of a command (its exit status)."""

    status: int
    location: str = ""
    content: bytes = b""
    messages: tuple[str, ...] = ()
    cookies: object = None

    @property
    def is_done(self) -> bool:
        """Tell whether it says that a form was stored."""
        return self.status == 302 and "login" not in self.location


@dataclass(frozen=True)
class Picture:
    """A file of a form, made anew each time that the form is sent."""

    data: bytes

    def as_upload(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("DSC_0001.jpg", self.data, "image/jpeg")


def browser() -> Client:
    """Return a browser; all of them ask the same application, which is loaded once."""
    client = Client(raise_request_exception=False)
    client.handler = APPLICATION
    return client


@dataclass
class Person:
    """A member of the desk at a browser; `index` is the place in `role_tables.STAFF`."""

    index: int
    member: Member
    client: Client = field(default_factory=browser)
    logged_in_at: object = None


class Simulation:
    """The state of a run: what was done (`log`), and what must be true now (the model)."""

    def __init__(self, seed: int, staff: list[Member], folder: Path):
        self.chance, self.clock, self.folder = random.Random(seed), Clock(), folder
        self.staff = [Person(index, member) for index, member in enumerate(staff)]
        self.reader, self.other_reader = (Client(raise_request_exception=False) for _ in range(2))
        self.papers: list[Paper] = []
        self.pieces: list[Piece] = []
        self.photos: dict[int, str] = {}  # with their alternative texts
        self.forms: list[Callable[[], None]] = []
        self.lengths: dict[str, int] = {}
        self.log: list[str] = []
        self.tally: Counter = Counter()
        self.marks_made, self.last_review, self.last_revision, self.day = 100_000, 0, 0, 0
        self.may_have_strays = self.is_cache_broken = False
        self.touched: Piece | None = None

    @property
    def now(self):
        return self.clock.now

    def mark(self) -> int:
        """Return a number that no words have yet, and whose next is free too."""
        self.marks_made += 2
        return self.marks_made

    def new_paper(self) -> Paper:
        """Make the issue of the next day, with one page."""
        self.day += 1
        issue = make_issue(issued_on=self.now.date() + timedelta(days=self.day), released_at=None)
        page = make_page(issue=issue)
        paper = Paper(issue.pk, page.pk, issue.url_key)
        self.papers.append(paper)
        return paper

    def someone(self, *indices: int) -> Person:
        return self.staff[self.chance.choice(indices or range(len(self.staff)))]

    def pick_fault(self, kind: str) -> Fault:
        """Choose what goes wrong in a request of a kind, mostly nothing."""
        dice = self.chance.randrange(100)
        length = self.lengths.get(kind, 20)
        chances = CHANCES | WITH_FILES if "/photo/" in kind else CHANCES
        for name, share in chances.items():
            if dice < share:
                first = faults.AT_THE_END if name == DEATH else 1
                last = 9 if name == FULL_DISK else length
                return Fault(name, self.chance.randint(first, max(last, 1)))
            dice -= share
        return Fault()

    def ask(self, person: Person, address: str, form: dict | None = None) -> Answer | None:
        """Ask for a page of the desk, or post a form; None where the worker died meanwhile.

        A session that is nearly over is begun anew, mostly.
        """
        since = person.logged_in_at and self.now - person.logged_in_at
        is_fresh = since is not None and timedelta(0) <= since < LOGGED_IN_FOR
        if not is_fresh and (since is None or self.chance.random() < 0.9):
            person.client.force_login(person.member)
            person.logged_in_at = self.now
        person.client.cookies.pop("messages", None)
        kind = f"{'POST' if form is not None else 'GET'} {address.rstrip('0123456789/')}"
        answer = self.run(kind, lambda: sent(person.client, address, form))
        if answer and answer.cookies is not None:
            person.client.cookies = answer.cookies
        return answer

    def run(self, kind: str, act: Callable[[], Answer], *, fault: Fault | None = None):
        """Run a request, or a command, under a fault; check that the answer is a fit one."""
        fault = fault or self.pick_fault(kind)
        if fault.kind in (DEATH, ELSEWHERE):
            strikes = fault.kind == DEATH and fault.at == faults.AT_THE_END
            answer = faults.in_another_process(lambda: under(fault, act))
            answer = None if strikes else answer
            fault.has_struck = answer is None
        else:
            answer = under(fault, act)
            self.lengths[kind] = fault.queries
        close_old_connections()  # as at the beginning of each request
        if fault.has_struck and fault.kind in (DEATH, LOST_DATABASE):
            self.may_have_strays |= "/photo/" in kind  # `clean_media` removes them.
        told = f"{fault.kind} at {fault.at}" if fault.has_struck else ""
        self.log.append(f"{kind}: {answer.status if answer else 'no answer'} {told}")
        self.tally[fault.kind if fault.has_struck else "answered"] += 1
        if answer:
            allowed = answer.status < 500 or fault.has_struck and answer.status in (503, 507)
            assert allowed, (kind, answer.status, answer.content.decode(errors="replace")[-3000:])
        return answer


def under(fault: Fault, act: Callable[[], Answer]) -> Answer:
    """Run an act under a fault."""
    with faults.striking(fault):
        return act()


def sent(client: Client, address: str, form: dict | None) -> Answer:
    """Send a request with a browser."""
    if form is None:
        response = client.get(address)
    else:
        typed = {
            name: value.as_upload() if isinstance(value, Picture) else value
            for name, value in form.items()
        }
        response = client.post(address, typed, headers=ORIGIN)
    told = tuple(map(str, get_messages(response.wsgi_request)))
    content = response.getvalue()
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, content, told, client.cookies)


def commanded(act: Callable[[], object]) -> Answer:
    """Run a command; its exit status stands for that of an answer, 503 for a fault it tells."""
    try:
        act()
    except SystemExit as ended:
        return Answer(int(ended.code or 0))
    except (Error, OSError) as error:
        connection.close_if_unusable_or_obsolete()
        return Answer(503, content=str(error).encode())
    except Exception as error:
        kind = type(error).__name__
        assert kind in ("CommandError", "BackupError"), traceback.format_exc()
        return Answer(503, content=str(error).encode())
    return Answer(200)
