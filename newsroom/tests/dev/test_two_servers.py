"""The bench of two servers: how it reads a page, and what it takes for no answer."""

from collections import Counter
from types import SimpleNamespace

import pytest

from articles.tests.http_editors import Answer, Editor, UnansweredError
from newsroom.dev.bench.two_servers import __main__ as bench
from newsroom.dev.bench.two_servers.people import News, ProxiedEditor, Readers, newest_in


def test_the_newest_number_of_a_page_is_found_whatever_breaks_its_headline():
    assert newest_in("<h1>第<wbr>8号<wbr>新闻</h1><p>第<b>12</b>号新闻</p>") == 12
    assert newest_in("<p>没有</p>") == 0


@pytest.mark.parametrize("status", [502, 503, 504])
def test_an_answer_of_the_proxy_alone_is_none(monkeypatch, status):
    monkeypatch.setattr(Editor, "ask", lambda editor, path, **form: Answer(status, "", b""))
    monkeypatch.setattr(ProxiedEditor, "unanswered", Counter())
    editor = ProxiedEditor.__new__(ProxiedEditor)
    with pytest.raises(UnansweredError):
        editor.ask("/", words="1")
    assert editor.unanswered == {f"POST {status}": 1}


def test_a_reader_asks_for_what_is_published_and_for_what_is_gone():
    news = News(addresses=["/articles/2/"], withdrawn=["/articles/1/"], pictures=["/photos/1.jpg"])
    readers = Readers("http://127.0.0.1:1", 1, news)
    asked = {
        readers.next_page(SimpleNamespace(random=lambda s=share: s, choice=lambda some: some[-1]))
        for share in (0.05, 0.2, 0.5, 0.9)
    }
    assert asked == {"/articles/1/", "/articles/2/", "/", "/photos/1.jpg"}


def test_every_part_has_a_place_of_its_own():
    found = bench.places()
    names = ("DATABASE_URL", "CACHE_URL", "S3_ENDPOINT")
    ports = [found[name].rpartition(":")[2] for name in names]
    assert len(set(ports)) == 3
    assert len(found["SECRET_KEY"]) > 50
