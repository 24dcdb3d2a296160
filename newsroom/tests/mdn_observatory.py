"""The score that the MDN HTTP Observatory gives a site, by its published table.

A site begins at 100. Penalties always count; bonuses count where the score without them is 90 or
more. What is graded is a page as it is answered over TLS, and the answer to the same address
without TLS.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
LEAKY = {"unsafe-url", "origin", "origin-when-cross-origin", "no-referrer-when-downgrade"}
ENOUGH_HSTS = 15_768_000
ISOLATION = {
    "Cross-Origin-Resource-Policy": {"same-origin", "same-site"},
    "Cross-Origin-Embedder-Policy": {"require-corp", "credentialless"},
    "Cross-Origin-Opener-Policy": {"same-origin", "same-origin-allow-popups"},
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A page over TLS and the answer without TLS; the names of the two cookies that matter."""

    page: HttpResponse
    plain: HttpResponse
    session: str
    csrf: str

    def changes(self) -> dict[str, int]:
        """Return what each test of the table gives or takes."""
        return {
            "csp": csp(self.page),
            "cookies": self.cookies(),
            "hsts": hsts(self.page),
            "redirect": redirect(self.plain),
            "scripts": scripts(self.page),
            "framing": framing(self.page),
            "nosniff": 0 if self.page.get("X-Content-Type-Options") == "nosniff" else -5,
            "referrer": referrer(self.page),
            **{name: isolation(self.page, name) for name in ISOLATION},
        }

    def score(self) -> int:
        """Return the score."""
        found = self.changes().values()
        base = 100 + sum(change for change in found if change < 0)
        return base + sum(change for change in found if change > 0) if base >= 90 else base

    def cookies(self) -> int:
        """Grade the cookies that the page sets; the site is under HSTS."""
        lost = 0
        for name, cookie in self.page.cookies.items():
            if name == self.session:
                lost -= (0 if cookie["secure"] else 10) + (0 if cookie["httponly"] else 30)
            elif not cookie["secure"]:
                lost -= 5
            if name == self.csrf and not cookie["samesite"]:
                lost -= 20
        whole = all(c["secure"] and c["httponly"] and c["samesite"] for c in self.jar())
        return lost or (5 if self.jar() and whole else 0)

    def jar(self) -> list:
        """Return the cookies that the page sets."""
        return list(self.page.cookies.values())


def directives(header: str) -> list[tuple[str, list[str]]]:
    """Cut a policy into its directives."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return [(part[0].lower(), part[1:]) for part in parts]


def csp(page: HttpResponse) -> int:
    """Grade the Content-Security-Policy."""
    found = directives(page.get("Content-Security-Policy", ""))
    policy = dict(found)
    if not policy:
        return -25
    default = policy.get("default-src")
    scripts = policy.get("script-src", default)
    objects = policy.get("object-src", default)
    broad = {"'unsafe-inline'", "data:", "http:", "https:", "*"}
    # A nonce or a hash makes browsers pass over 'unsafe-inline'.
    if scripts and any(source.startswith(("'nonce-", "'sha")) for source in scripts):
        broad -= {"'unsafe-inline'"}
    if scripts is None or objects is None or broad & {*scripts} or {"*", "https:"} & {*objects}:
        return -20
    every = [source for _, sources in found for source in sources]
    if any(source.startswith("http:") for source in every):
        return -20
    if "'unsafe-eval'" in every:
        return -10
    if "'unsafe-inline'" in every or len(found) > len(policy):
        return 0
    return 10 if default == ["'none'"] else 5


def hsts(page: HttpResponse) -> int:
    """Grade Strict-Transport-Security; that a site is on the preload list is not seen here."""
    age = re.search(r"max-age=(\d+)", page.get("Strict-Transport-Security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= ENOUGH_HSTS else -10


def redirect(plain: HttpResponse) -> int:
    """Grade the way from http to https."""
    target = urlsplit(plain.get("Location", ""))
    if plain.status_code not in (301, 302, 307, 308) or target.scheme != "https":
        return -20
    return 0 if target.hostname == "news.example" else -5


def scripts(page: HttpResponse) -> int:
    """Grade where scripts come from."""
    tags = re.findall(r"<script\b[^>]*>", page.getvalue().decode(errors="replace"))
    lost = [tag for tag in tags if re.search(r"src=[\"']?(?:https?:)?//", tag)]
    if lost:
        return -5
    return 5 if any("integrity=" in tag for tag in tags) else 0


def framing(page: HttpResponse) -> int:
    """Grade whether other sites may frame the page."""
    policy = dict(directives(page.get("Content-Security-Policy", "")))
    if policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 5 if page.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def referrer(page: HttpResponse) -> int:
    """Grade the Referrer-Policy."""
    value = page.get("Referrer-Policy", "")
    return 5 if value in PRIVATE else -5 if value in LEAKY else 0


def isolation(page: HttpResponse, name: str) -> int:
    """Grade one of the cross-origin policies."""
    if not page.get(name):
        return 0
    return 10 if page[name] in ISOLATION[name] else -5
