"""The middleware: answers with kept pages, and compresses those that are not kept."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles import publication
from articles.views.freshness import freshness_of
from newsroom.middleware import DESK

from . import outage
from .address import key_of, may_keep
from .compression import compress
from .kept_page import KeptPage
from .scope_numbers import current_numbers
from .stores import Store, store

OUT_OF_REACH, UNAVAILABLE = (OperationalError, InterfaceError), 503
# The answers after which the page that was here is never shown again.
GONE = {404, 410}
# Seconds after which a page that is still right is marked as used.
MARKED_EVERY = 3_600


class PageCacheMiddleware:
    """Answers with a kept page where nothing has changed that it depends on.

    It stands before all others: a kept page carries the headers that they have set. One query
    where a page is kept, and the clock: the numbers of its scopes are compared with those of now.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        place = store()
        key = key_of(request) if place else ""
        if not key:
            return self.pass_on(request)
        page, known = None, {}
        try:
            for page in pages_of(place, key):
                if is_right(page, known):
                    mark(place, key, page)
                    return page.answer(request)
            response = self.build_once(request, place, key)
            if page and response.status_code in GONE:
                place.forget(key)
            if response.status_code == UNAVAILABLE and (page := last_page(place, key)):
                return outage.answer(request, page)
            return response
        except OUT_OF_REACH:
            page = last_page(place, key)
            return outage.answer(request, page) if page else self.pass_on(request)

    def pass_on(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the site, compressed outside of the desk.

        A page of the desk holds a secret token, and what it repeats of a request could betray it.
        """
        response = self.get_response(request)
        if request.path.startswith(DESK):
            return response
        return compress(response, request.META.get("HTTP_ACCEPT_ENCODING", ""))

    def build_once(self, request: HttpRequest, place: Store, key: str) -> HttpResponse:
        """Build a page, or wait for one who does and return the same."""
        with place.building(key) as has_waited:
            if has_waited and (page := kept(place, key)) and is_right(page, {}):
                place.memory.set(key, page)
                return page.answer(request)
            return self.build(request, place, key)

    def build(self, request: HttpRequest, place: Store, key: str) -> HttpResponse:
        """Build a page and keep it, if it may be kept and nothing changed meanwhile.

        The numbers are read before the page: what it shows is never older than they are.
        """
        built_at, before = timezone.now(), publication.numbers(publication.SITE)
        response = self.get_response(request)
        page = self.keep(request, response, built_at, before)
        if page:
            place.set(key, page.to_bytes())
            place.memory.set(key, page)
            return page.answer(request)
        return compress(response, request.META.get("HTTP_ACCEPT_ENCODING", ""))

    def keep(self, request, response, built_at, before) -> KeptPage | None:
        """Return a response as a page to keep; None where it may not be kept. Two queries.

        The cache then knows what was withdrawn, by which a page is shown without a database.
        """
        if not may_keep(request, response):
            return None
        fresh = freshness_of(response, built_at)
        until = fresh.until()
        withdrawn = publication.WITHDRAWN_LISTS
        after = publication.numbers({*publication.SITE, withdrawn, *fresh.scopes})
        if any(after[scope] != number for scope, number in before.items()):
            return None
        publication.tell_withdrawals(after[withdrawn])
        return KeptPage.of(
            response,
            {scope: after[scope] for scope in fresh.scopes},
            built_at=built_at.timestamp(),
            until=until.timestamp() if until else None,
        )


def pages_of(place: Store, key: str) -> Iterator[KeptPage]:
    """Yield the page that this process remembers, then the one that all have kept, if another."""
    remembered = place.memory.get(key)
    if remembered:
        yield remembered
    page = kept(place, key)
    if page and not (remembered and page.built_at == remembered.built_at):
        if not remembered or page.built_at > remembered.built_at:
            place.memory.set(key, page)
        yield page


def last_page(place: Store, key: str) -> KeptPage | None:
    """Return the newest page of a key that may be shown while the database is out of reach."""
    found = [page for page in (place.memory.get(key), kept(place, key)) if page]
    newest = max(found, key=lambda page: (page.built_at, page.checked_at), default=None)
    return newest if newest and outage.may_show(newest) else None


def kept(place: Store, key: str) -> KeptPage | None:
    """Return the page that is kept under a key, right or not."""
    data = place.get(key)
    return KeptPage.from_bytes(data) if data else None


def is_right(page: KeptPage, known: dict[str, str]) -> bool:
    """Tell whether a page is what would be built now. One query at most.

    `known` are the numbers that were read for this request, and takes those that are read now.
    One that was built later than now tells of a clock that was set back since: what it shows may
    wait for its minute again.
    """
    now = timezone.now().timestamp()
    if page.is_ahead(now) or page.until is not None and now >= page.until:
        return False
    if not page.numbers.keys() <= known.keys():
        known |= current_numbers(page.numbers)
    return all(known[scope] == number for scope, number in page.numbers.items())


def mark(place: Store, key: str, page: KeptPage) -> None:
    """Take note, now and then, that a page was right and is used; and of what was withdrawn."""
    now = timezone.now().timestamp()
    if now - page.checked_at > MARKED_EVERY:
        publication.tell_withdrawals()
        page = replace(page, checked_at=now)
        place.set(key, page.to_bytes())
        place.memory.set(key, page)
