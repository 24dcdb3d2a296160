"""The pages that a process has answered last, so that it need not read and parse them again."""

from collections import OrderedDict
from threading import Lock

from .kept_page import KeptPage

# Bytes of pages in each process; some of Python's own come to that.
SIZE = 16 * 1024 * 1024


class PageMemory:
    """Keeps pages by key up to a size; those used longest ago go first.

    A page is compared with the numbers of now wherever it comes from, so that what another
    process knows better is read from the store.
    """

    def __init__(self, size: int = SIZE):
        self.size, self.used = size, 0
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> KeptPage | None:
        """Return the page of a key, or None."""
        with self.lock:
            page = self.pages.get(key)
            if page:
                self.pages.move_to_end(key)
            return page

    def set(self, key: str, page: KeptPage) -> None:
        """Keep a page in the place of the one before."""
        with self.lock:
            self.drop(key)
            self.pages[key] = page
            self.used += page.size
            while self.used > self.size:
                self.drop(next(iter(self.pages)))

    def forget(self, key: str) -> None:
        """Forget a page."""
        with self.lock:
            self.drop(key)

    def drop(self, key: str) -> None:
        """Forget a page; the caller holds the lock."""
        if page := self.pages.pop(key, None):
            self.used -= page.size
