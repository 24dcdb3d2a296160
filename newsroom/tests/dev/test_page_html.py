"""The script that writes and compares the HTML of readers' pages."""

import pytest

from newsroom.dev import page_html
from newsroom.dev.form import filled
from newsroom.dev.reader_pages import Asked, start
from newsroom.dev.scratch import NOW, SAMPLE_DAY, StoppedClock


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/2024-07-27/A1/", "2024-07-27/A1.html"),
        ("/tags/3/?page=2", "tags/3,page=2.html"),
        ("/robots.txt", "robots.txt"),
    ],
)
def test_a_page_is_named_as_its_address(address, name):
    assert page_html.file_name(address) == name


@pytest.mark.parametrize(
    ("html", "same"),
    [
        ('href="/static/css/paper.0123456789ab.css"', 'href="/static/css/paper.css"'),
        ('href="/static/css/paper.css"', 'href="/static/css/paper.css"'),
        (
            f'name="csrfmiddlewaretoken" value="{"aB3" * 21}x"',
            'name="csrfmiddlewaretoken" value="TOKEN"',
        ),
        ('<script nonce="Zm9vYmFyYmF6cXV4==">', '<script nonce="NONCE">'),
        ("<p>/static/0123456789ab 的说明</p>", "<p>/static/0123456789ab 的说明</p>"),
    ],
)
def test_what_differs_from_run_to_run_is_written_the_same(html, same):
    assert page_html.fixed(html) == same


class Browser:
    """Answers as a list of three pages does."""

    def get(self, address):
        number = int(address.partition("=")[2] or 1)
        following = f'<a href="?page={number + 1}">' if number < 3 else ""
        self.content = f"{address} secret {following}".encode()
        self.status_code = 200
        return self


def test_the_lists_that_follow_a_page_are_written_too(tmp_path):
    folder = page_html.Folder(tmp_path, "secret")
    folder.write(Browser(), Asked("/preview/secret/"))
    assert page_html.pages(tmp_path) == {
        "preview/TOKEN.html",
        "preview/TOKEN,page=2.html",
        "preview/TOKEN,page=3.html",
    }
    assert "secret" not in (tmp_path / "preview/TOKEN.html").read_text()


def test_an_answer_that_was_not_expected_is_an_error(tmp_path):
    with pytest.raises(RuntimeError, match="/gone/ answers 200"):
        page_html.Folder(tmp_path, "secret").write(Browser(), Asked("/gone/", (410,)))


@pytest.fixture
def folders(tmp_path):
    """Two folders of two pages each, the same."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("<p>一</p>\n")
        (tmp_path / name / "about.html").write_text("<p>二</p>\n")
    return tmp_path / "a", tmp_path / "b"


def test_the_same_pages_do_not_differ(folders, capsys):
    assert page_html.compare(*folders) == 0
    assert capsys.readouterr().out == "2 pages, 0 of them different\n"


def test_a_difference_is_shown(folders, capsys):
    one, other = folders
    (other / "index.html").write_text("<p>三</p>\n")
    (one / "about.html").unlink()
    assert page_html.compare(one, other) == 1
    said = capsys.readouterr().out
    assert said.startswith("2 pages, 2 of them different\n")
    assert {"-<p>一</p>", "+<p>三</p>", "+<p>二</p>"} <= {*said.splitlines()}


def test_two_folders_without_pages_are_not_the_same(tmp_path):
    assert page_html.compare(tmp_path, tmp_path) == 1


def test_a_form_is_sent_as_it_is_filled():
    html = """
    <form><input name=q></form>
    <form><input name=body value=一><input type=checkbox name=off><input type=submit name=save>
    <input type=checkbox name=on checked value=1><textarea name=note>
二</textarea><select name=kind><option value=a><option value=b selected></select>
    <select name=first><option value=c><option value=d></select>
    <input name=rows-__prefix__-id><input name=left disabled></form>"""
    assert filled(html, "body") == {
        "body": "一",
        "on": "1",
        "note": "二",
        "kind": "b",
        "first": "c",
    }


def test_the_clock_stands_still():
    assert StoppedClock.now() == NOW
    assert isinstance(NOW, StoppedClock), "Django asks this of what it shows"


class Extra:
    """An issue."""

    issued_on, edition = SAMPLE_DAY, 2


def test_an_extra_has_an_address_of_its_own():
    assert start(Extra) == "/2024-07-27-2/"
