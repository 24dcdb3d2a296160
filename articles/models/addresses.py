"""Where readers find things. Addresses are for ever, so each is worked out once."""

from collections.abc import Hashable
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString


@lru_cache(maxsize=32_768)
def address(page: str, *args: Hashable) -> SafeString:
    """Return the path of a page of the reader's site, ready for a template.

    `page` is its name in articles/urls.py, `args` what the address is made of: keys, labels and
    dates, in which nothing needs escaping.
    """
    return SafeString(reverse(f"articles:{page}", args=args))
