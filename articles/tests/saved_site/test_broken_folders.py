"""Folders of saved pages with files that are none of theirs, or with names of other systems."""

import os

import pytest

from articles.archive.saved_site.saved_page import Problem
from articles.archive.saved_site.site import SavedSite
from articles.tests.saved_site.conftest import founder


@pytest.fixture
def site(tmp_path) -> SavedSite:
    """An empty folder of saved pages, with a folder for pictures."""
    for name in ("site", "photos"):
        (tmp_path / name).mkdir()
    return SavedSite(tmp_path / "site", tmp_path / "photos")


def read(site) -> list[str]:
    return [*site.lines(site.files(), int)]


def told(site) -> list[tuple[str, Problem]]:
    return [(each.path, each.problem) for each in site.told]


def test_a_name_in_another_encoding_is_written_as_in_an_address(site):
    folder = os.fsencode(site.folder) + b"/2019-10-12"
    os.mkdir(folder)
    for name, html in ((b"\xd4\xc6.htm", founder("<p>字</p>")), (b"\xc8\xd5.htm", "")):
        with open(folder + b"/" + name, "wb") as file:
            file.write(html.encode())
    assert len(read(site)) == 1
    assert told(site) == [("2019-10-12/%C8%D5.htm", Problem.NO_TEXT)]
    assert [address for address, _target in site.redirects] == ["/2019-10-12/%D4%C6.htm"]


@pytest.mark.parametrize("source", ["a" * 300 + ".jpg", "pipe.jpg", "out/a.jpg", "link.jpg"])
def test_a_picture_that_is_no_file_of_the_folder_is_told(site, tmp_path, source):
    (tmp_path / "a.jpg").write_bytes(b"a")
    os.mkfifo(site.folder / "pipe.jpg")
    (site.folder / "out").symlink_to(tmp_path)
    (site.folder / "link.jpg").symlink_to(tmp_path / "a.jpg")
    (site.folder / "2019-10-12.htm").write_text(founder(f'<img src="{source}"><p>字</p>'))
    assert len(read(site)) == 1
    assert told(site) == [("2019-10-12.htm", Problem.LOST_PICTURE)]
    assert [*site.photos.iterdir()] == []


def test_a_pipe_is_no_page(site):
    os.mkfifo(site.folder / "2019-10-12.htm")
    assert read(site) == []
    assert told(site) == [("2019-10-12.htm", Problem.UNREADABLE)]


def test_a_picture_that_is_shown_twice_has_the_words_of_both(site):
    (site.folder / "a.jpg").write_bytes(b"a")
    boxes = "".join(
        f'<div class="pic"><img src="a.jpg">{words}</div>' for words in ("一", "二", "一", "")
    )
    (site.folder / "2019-10-12.htm").write_text(founder(f"{boxes}<p>字</p>"))
    (line,) = read(site)
    assert '"words": "一\\n二"' in line
