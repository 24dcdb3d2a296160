import re
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser

import html5lib
import pytest
from django.db import transaction
from django.test import Client, override_settings

from articles.tests.page_kinds import make_every_kind

# For the database of the module's pages: none is made for a run of which no test asks for one.
pytestmark = pytest.mark.django_db
ARIA_REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-activedescendant",
)
NAME = re.compile(r"h[1-6]")


class Outline(HTMLParser):
    """The tags of a page in order, with their attributes."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def count(self, *names: str) -> int:
        """Return how many tags have one of these names."""
        return sum(tag in names for tag, _ in self.tags)

    def levels(self) -> list[int]:
        """Return the levels of the headings in order."""
        return [int(tag[1]) for tag, _ in self.tags if NAME.fullmatch(tag)]

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute in order."""
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, static_files, tmp_path_factory) -> dict[str, str]:
    """The HTML of every kind of page; made once, for nothing here changes it."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        addresses = make_every_kind()
        found = {kind: Client().get(address) for kind, address in addresses.items()}
        transaction.set_rollback(True)
    return {kind: response.content.decode() for kind, response in found.items()}


@pytest.fixture(scope="module")
def outlines(pages) -> dict[str, Outline]:
    return {kind: Outline(text) for kind, text in pages.items()}


def wrong_html(text: str) -> list:
    """Return the errors of an HTML text by the standard's own parsing rules."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [(name, place, facts) for place, name, facts in parser.errors]


@pytest.mark.slow
def test_every_page_is_html_without_an_error(pages):
    assert {kind: found for kind, text in pages.items() if (found := wrong_html(text))} == {}
    assert all(text.startswith("<!doctype html>") for text in pages.values())
    assert wrong_html("<!doctype html><title>x</title><p><div></p>") != []


def test_no_id_is_given_twice(outlines):
    twice = {
        kind: [name for name, times in Counter(outline.values("id")).items() if times > 1]
        for kind, outline in outlines.items()
    }
    assert {kind: names for kind, names in twice.items() if names} == {}


def test_a_page_has_one_first_heading_and_skips_no_level(outlines):
    for kind, outline in outlines.items():
        levels = outline.levels()
        assert levels.count(1) == 1, kind
        # The nameplate of an inside page may stand before its headline.
        first = levels.index(1)
        steps = zip(levels[first:], levels[first + 1 :], strict=False)
        assert first == 0 and all(after <= before + 1 for before, after in steps), (kind, levels)


def test_a_page_has_its_landmarks(outlines):
    for kind, outline in outlines.items():
        found = {name: outline.count(name) for name in ("main", "header", "nav", "footer")}
        assert found["main"] == 1 and min(found.values()) >= 1, (kind, found)


def test_a_page_says_its_language_and_title(pages):
    for kind, text in pages.items():
        script = "zh-Hant" if "traditional" in kind else "zh-Hans"
        assert f'<html lang="{script}"' in text, kind
        assert re.search(r"<title>[^<]*[\u4e00-\u9fff][^<]*</title>", text), kind


def test_every_picture_has_its_size_and_words(outlines):
    for kind, outline in outlines.items():
        pictures = [attributes for tag, attributes in outline.tags if tag == "img"]
        for picture in pictures:
            assert {"src", "alt", "width", "height"} <= picture.keys(), kind
    assert outlines["photo article"].count("img") == 1
    assert outlines["front, dense"].count("img") >= 3


def is_instant(value: str) -> bool:
    """Tell whether `datetime` may have this value: a year, a month, a day, or an instant."""
    if re.fullmatch(r"\d{4}(-\d{2})?", value):
        return value.endswith(tuple(f"{month:02}" for month in range(1, 13))) or len(value) == 4
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10 or parsed.tzinfo is not None


def test_every_time_is_one(outlines):
    told = {kind: outline.values("datetime") for kind, outline in outlines.items()}
    wrong = {
        kind: [each for each in values if not is_instant(each)] for kind, values in told.items()
    }
    assert {kind: values for kind, values in wrong.items() if values} == {}
    assert any(told.values()), "no page tells a time"
    right = ("2024", "2024-07", "2024-07-27", "2024-07-27T06:00:00+08:00")
    assert all(map(is_instant, right))
    assert not any(
        map(is_instant, ("", "2024-13", "27.7.2024", "2024-07-27T06:00:00", "2024-02-30"))
    )


def test_no_address_is_empty_and_every_name_that_is_referred_to_is_there(outlines):
    for kind, outline in outlines.items():
        addresses = [value for name in ("href", "src") for value in outline.values(name)]
        assert all(value and value.strip() == value for value in addresses), kind
        referred = [
            name
            for attribute in ("for", "list", "headers", *ARIA_REFERENCES)
            for value in outline.values(attribute)
            for name in value.split()
        ]
        assert set(referred) <= set(outline.values("id")), kind


def test_every_fragment_leads_to_its_place(outlines):
    for kind, outline in outlines.items():
        here = [link[1:] for link in outline.values("href") if link.startswith("#")]
        assert "main" in here, kind
        assert set(here) <= set(outline.values("id")), kind


def test_no_english_shows(pages):
    shown = {
        kind: re.findall(r">\s*(?!BibTeX<)([A-Za-z][A-Za-z ,.']{3,})\s*<", text)
        for kind, text in pages.items()
    }
    assert {kind: words for kind, words in shown.items() if words} == {}
