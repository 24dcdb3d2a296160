"""The record of a folder: it takes any address, and touches no file that is not its own."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.static_edition.exporter import Export
from articles.static_edition.manifest import NAME, ForeignFilesError, Manifest
from articles.static_edition.site_answers import Answer

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=9), NOW - timedelta(days=1)


@pytest.fixture
def manifest(tmp_path):
    """The record of an empty folder, with a run begun."""
    with Manifest(tmp_path / "site") as manifest:
        manifest.begin(NOW, None)
        yield manifest


def write(manifest, address, data=b"a") -> None:
    manifest.queue([address])
    manifest.write(address, data)


def files(manifest) -> set[str]:
    """Return the files of an edition."""
    found = (path for path in manifest.folder.rglob("*") if path.is_file())
    return {path.relative_to(manifest.folder).as_posix() for path in found} - {
        *(f"{NAME}{end}" for end in ("", "-wal", "-shm"))
    }


@pytest.mark.parametrize(
    "address",
    ["/about", "/robots.txt/a", f"/{NAME}", f"/{NAME}-wal", "/a" * 5_000, "/" + "长" * 200 + "/"],
)
def test_an_address_that_nothing_is_at_may_be_any(manifest, address):
    write(manifest, "/about/")
    write(manifest, "/robots.txt")
    manifest.queue([address])
    manifest.skip(address)
    assert manifest.remove([address]) == 0
    assert files(manifest) == {"about/index.html", "robots.txt"}
    assert (manifest.folder / NAME).exists()


def test_no_two_addresses_have_the_same_file(manifest):
    write(manifest, "/about/")
    manifest.queue(["/about/index.html", "/archive/"])
    assert manifest.pending(9) == ["/archive/"]


def test_only_halves_of_its_own_files_are_deleted(manifest):
    write(manifest, "/about/")
    manifest.database.close()
    half, foreign = manifest.folder / "about/index.html.part", manifest.folder / "film.part"
    half.write_bytes(b"<p>")
    foreign.write_bytes(b"film")
    with pytest.raises(ForeignFilesError, match=r"film\.part"), Manifest(manifest.folder):
        pass
    assert not half.exists()
    assert foreign.read_bytes() == b"film"


def test_a_file_that_was_begun_is_removed_though_its_digest_is_not_known(manifest, monkeypatch):
    manifest.queue(["/about/"])
    rows = manifest._rows

    def killed(statement, *values):
        if "digest = ?, done" in statement:
            raise KeyboardInterrupt
        return rows(statement, *values)

    monkeypatch.setattr(manifest, "_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        manifest.write("/about/", b"a")
    assert files(manifest) == {"about/index.html"}
    assert not manifest.has("/about/")
    assert manifest.remove(["/about/"]) == 1
    assert files(manifest) == set()


@pytest.mark.parametrize(
    ("killed", "since", "goes_on_from"),
    [
        (None, None, None),
        (None, LATER, None),
        (EARLIER, LATER, EARLIER),
        (LATER, LATER, LATER),
        (LATER, EARLIER, EARLIER),
        (LATER, None, None),
    ],
)
def test_a_killed_run_is_gone_on_with_from_the_older_date(tmp_path, killed, since, goes_on_from):
    with Manifest(tmp_path / "site") as manifest:
        assert manifest.begin(NOW, killed) == (NOW, killed)
        again = NOW + timedelta(hours=1)
        is_older = since != killed and goes_on_from == since
        began = again if is_older else NOW
        assert manifest.begin(again, since) == (began, goes_on_from)
        manifest.end()
        assert manifest.begin(again, since) == (again, since)


@pytest.mark.parametrize(("status", "is_kept"), [(503, True), (500, True), (404, False)])
def test_a_page_that_is_not_answered_for_a_while_keeps_its_file(manifest, status, is_kept):
    write(manifest, "/about/")
    told = []
    export = Export(manifest, "https://news.example", tick=print, report=told.append)
    export.site.get = lambda *_asked: Answer(status, "text/html", b"")
    manifest.run += 1
    manifest.queue(["/about/"])
    export.write_queued()
    assert files(manifest) == ({"about/index.html"} if is_kept else set())
    assert told == ([f"/about/: {status}"] if is_kept else [])
    assert (export.result.failed, export.has_kept) == (int(is_kept), is_kept)


def test_an_address_too_long_for_a_file_is_told_and_left_out(manifest):
    told = []
    export = Export(manifest, "https://news.example", tick=print, report=told.append)
    address = "/feeds/pages/" + "长" * 90 + ".json"
    manifest.queue([address])
    export.write_answer(address, Answer(200, "image/jpeg", b"a"))
    assert [line.startswith(f"{address}: ") for line in told] == [True]
    assert manifest.pending(9) == []
    assert manifest.remove([address]) == 0
