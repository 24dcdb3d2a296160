"""Write the static edition: follow the links of the site from its fixed addresses on.

Whatever a page leads to gets a file, so that no link of the edition leads nowhere. What is still
to be written is in the manifest, not in memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from errno import ENAMETOOLONG
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _

from .changes import Changes, not_public
from .links import ELSEWHERE, Links, request_of
from .manifest import Manifest
from .site_answers import Answer, Site

BATCH = 50
# How often the run goes over what was changed while it ran.
MOST_PASSES = 3
NOT_FOUND = "/404.html"
# What the site answers where a page is no more, or elsewhere; anything else may pass.
NOT_THERE = (301, 302, 404, 410)
SEARCHES = ("/search/", "/hant/search/")
# Static files of the desk and of its parts.
DESK_FILES = ("admin/", "django_prose_editor/", "imagefield/", "js/desk/", "css/desk", "README")


@dataclass(slots=True)
class ExportResult:
    """How many files a run has written, left as they were and removed; what it could not write."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0


class NoAnswerError(Exception):
    """The site does not answer at the origin of the edition."""


class Export:
    """One run. `tick(done, total)` is told how far it is, `report` what could not be written."""

    def __init__(
        self,
        manifest: Manifest,
        origin: str,
        *,
        since: datetime | None = None,
        tick: Callable[[int, int], object],
        report: Callable[[str], object],
    ):
        self.manifest, self.site, self.links = manifest, Site(origin), Links(origin)
        self.since, self.tick, self.report = since, tick, report
        self.changes: Changes | None = None
        self.result = ExportResult()
        # Whether a page stays though it is not answered: what it leads to is not met then.
        self.has_kept = False

    def run(self) -> ExportResult:
        """Write the edition, then what changed meanwhile; remove what readers do not see.

        Raises NoAnswerError where the front page is not answered at the origin.
        """
        if (status := self.site.get("/").status) != 200:
            raise NoAnswerError(status)
        at, self.since = self.manifest.begin(timezone.now(), self.since)
        self.remove_hidden()
        self.manifest.queue(fixed_addresses())
        if self.since:
            self.changes = Changes.since(self.since, timezone.localdate(self.since))
            self.queue_changed(self.changes)
        self.write_own_files()
        self.write_queued()
        self.write_changed_since(at)
        if self.since is None and not self.has_kept:
            for addresses in self.manifest.batches(is_unseen=True):
                self.result.removed += self.manifest.remove(addresses)
        self.remove_hidden()
        self.manifest.end()
        return self.result

    def write_changed_since(self, at: datetime) -> None:
        """Write again what has changed since the run began, until nothing does."""
        now = timezone.now()
        for _pass in range(MOST_PASSES):
            changes, at = Changes.since(at), now
            now = timezone.now()
            if not changes.issues:
                break
            self.queue_changed(changes, is_again=True)
            self.write_queued()

    def remove_hidden(self) -> None:
        """Remove the files of what is not public any more."""
        for addresses in self.manifest.batches():
            self.result.removed += self.manifest.remove(not_public(addresses))

    def queue_changed(self, changes: Changes, *, is_again: bool = False) -> None:
        """Queue the pages that may have changed since they were written."""
        own = (settings.STATIC_URL, *SEARCHES, NOT_FOUND)
        for addresses in self.manifest.batches():
            changes.add_lists_with_them(addresses, self.manifest.read)
        for addresses in self.manifest.batches():
            changed = [each for each in addresses if changes.has(each) and not each.startswith(own)]
            self.manifest.queue(changed, is_again=is_again)
        self.manifest.queue(changes.lists, is_again=is_again)

    def write_queued(self) -> None:
        """Write what is queued, and what that leads to, until nothing is left."""
        while addresses := self.manifest.pending(BATCH):
            for address in addresses:
                self.write_page(address)
            self.tick(*self.manifest.counts())

    def is_due(self, address: str) -> bool:
        """Tell whether an address is to be written: all are but what is there and unchanged."""
        return not self.changes or self.changes.has(address) or not self.manifest.has(address)

    def write_page(self, address: str) -> None:
        """Write the file of an address, if the site has something there."""
        answer = self.site.get(*request_of(address))
        if answer.status == 200:
            self.write_answer(address, answer)
        elif answer.status in NOT_THERE:
            self.manifest.skip(address)
        else:
            self.has_kept = True
            self.fail(address, answer.status)

    def fail(self, address: str, why: object) -> None:
        """Tell that an address could not be written; what it had stays as it is."""
        self.manifest.keep(address)
        self.result.failed += 1
        self.report(f"{address}: {why}")

    def write_answer(self, address: str, answer: Answer) -> None:
        """Queue what an answer leads to, then write it: a killed run has lost no link."""
        body = answer.body
        if answer.is_text:
            text, page = body.decode(), request_of(address)[0]
            found = self.links.found(text, page, is_html=answer.is_html)
            self.manifest.queue(filter(self.is_due, found))
            if answer.is_html:
                body = self.links.rewritten(text, address).encode()
        try:
            self.count(is_new=self.manifest.write(address, body))
        except OSError as error:
            if error.errno != ENAMETOOLONG:
                raise
            self.fail(address, error.strerror)

    def count(self, *, is_new: bool) -> None:
        """Count a file."""
        self.result.written += is_new
        self.result.unchanged += not is_new

    def write_own_files(self) -> None:
        """Write the page for what is not found, that in the place of the search, static files."""
        search = _("This edition of the paper has no search. Back issues are in the archive.")
        missing = _(
            "Nothing has been published at this address. The link may be miscopied, or the page "
            "not out yet."
        )
        notices = dict.fromkeys(SEARCHES, (_("Search"), search))
        notices[NOT_FOUND] = _("No such page"), missing
        names = sorted(set(staticfiles_storage.hashed_files.values()))
        static = [name for name in names if not name.startswith(DESK_FILES)]
        own = [*notices, *(f"{settings.STATIC_URL}{name}" for name in static)]
        self.manifest.queue(own)
        for address, (title, words) in notices.items():
            page = render_to_string("paper/error.html", {"title": title, "words": words})
            self.count(is_new=self.manifest.write(address, page.encode()))
        for name in static:
            data = Path(staticfiles_storage.path(name)).read_bytes()
            address = f"{settings.STATIC_URL}{name}"
            self.count(is_new=self.manifest.write(address, data))


def fixed_addresses() -> set[str]:
    """Return the addresses of readers' pages that name nothing: the front, the archive, feeds."""
    routes = [str(each.pattern) for each in get_resolver("articles.urls").url_patterns]
    plain = {f"/{route}" for route in routes if "<" not in route}
    return {each for each in plain if not ELSEWHERE.match(each)} - {"/favicon.ico"}
