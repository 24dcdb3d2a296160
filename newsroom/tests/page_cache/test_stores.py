"""Files within their limit, one builder at a time, and a cache that is out of order."""

import os
import threading
import time

import pytest
from django.core.cache.backends.locmem import LocMemCache

from newsroom.page_cache import stores
from newsroom.page_cache.stores import FOLDERS, CacheStore, FileStore

KEYS = [f"ab{number:030x}" for number in range(40)]


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "pages", 1_000 * FOLDERS)


@pytest.fixture(params=["files", "cache"])
def any_store(request, files, monkeypatch):
    if request.param == "files":
        return files
    monkeypatch.setattr(stores, "cache", LocMemCache("stores", {}))
    return CacheStore()


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found(any_store):
    assert any_store.get(KEYS[0]) is None
    any_store.set(KEYS[0], b"page")
    assert any_store.get(KEYS[0]) == b"page"


def test_a_folder_keeps_to_its_share_and_the_latest_stay(files):
    for number, key in enumerate(KEYS):
        files.set(key, b"x" * 300)
        os.utime(files.path(key), (number, number))
    assert size_of(files.folder) <= 1_000
    assert [key for key in KEYS if files.get(key)] == KEYS[-3:]


def test_a_page_that_is_larger_than_a_share_is_not_kept(files):
    files.set(KEYS[0], b"x" * 2_000)
    assert files.get(KEYS[0]) is None


def test_all_pages_are_cleared(files):
    files.set(KEYS[0], b"page")
    files.clear()
    assert files.get(KEYS[0]) is None
    files.set(KEYS[0], b"page")
    assert files.get(KEYS[0]) == b"page"


def test_one_builds_and_the_others_wait(any_store):
    waited, building = [], threading.Event()

    def first():
        with any_store.building(KEYS[0]) as has_waited:
            building.set()
            waited.append(has_waited)
            time.sleep(0.1)

    def later():
        building.wait()
        with any_store.building(KEYS[0]) as has_waited:
            waited.append(has_waited)

    threads = [threading.Thread(target=act) for act in (first, later, later)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waited == [False, True, True]


def test_who_waits_in_vain_builds(any_store, monkeypatch):
    monkeypatch.setattr(stores, "PATIENCE", 0.1)
    with any_store.building(KEYS[0]), any_store.building(KEYS[0]) as has_waited:
        assert has_waited
    with any_store.building(KEYS[0]) as has_waited:
        assert not has_waited


def test_a_builder_that_fails_lets_the_next_one_build(any_store):
    with pytest.raises(ZeroDivisionError), any_store.building(KEYS[0]):
        raise ZeroDivisionError
    with any_store.building(KEYS[0]) as has_waited:
        assert not has_waited


def test_who_was_given_up_ends_no_building_but_their_own(monkeypatch):
    monkeypatch.setattr(stores, "cache", LocMemCache("given up", {}))
    store = CacheStore()
    given_up = store.lock(KEYS[0])
    stores.cache.delete(f"building-{KEYS[0]}")  # as after so many seconds
    release = store.lock(KEYS[0])
    given_up()
    assert store.lock(KEYS[0]) is None
    release()
    assert store.lock(KEYS[0])


def test_what_is_forgotten_is_not_found(any_store):
    any_store.set(KEYS[0], b"page")
    for _ in range(2):
        any_store.forget(KEYS[0])
        assert any_store.get(KEYS[0]) is None


def test_a_store_that_is_out_of_order_is_logged_once_and_keeps_nothing(tmp_path, caplog):
    (tmp_path / "pages").write_text("no folder")
    broken = FileStore(tmp_path / "pages", 1_000_000)
    for key in KEYS[:3]:
        broken.set(key, b"page")
        assert broken.get(key) is None
        with broken.building(key) as has_waited:
            assert not has_waited
    assert len(caplog.records) == 1
