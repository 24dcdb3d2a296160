from newsroom.page_cache.kept_page import KeptPage
from newsroom.page_cache.memory import PageMemory


def page(size: int) -> KeptPage:
    return KeptPage({}, "text/html", "", {}, 0, 0, None, size, {"br": b"x" * size})


def test_a_process_remembers_the_pages_used_last_up_to_a_size():
    memory = PageMemory(100)
    pages = {key: page(40) for key in "abc"}
    for key in "ab":
        memory.set(key, pages[key])
    memory.get("a")
    memory.set("c", pages["c"])
    assert [memory.get(key) for key in "abc"] == [pages["a"], None, pages["c"]]
    assert memory.used == 80


def test_a_page_takes_the_place_of_the_one_before():
    memory = PageMemory(100)
    for size in (40, 60, 30):
        memory.set("a", page(size))
        assert memory.used == size
    memory.set("a", page(101))
    assert (memory.get("a"), memory.used) == (None, 0)


def test_what_was_written_is_read_as_it_was():
    kept = page(7)
    assert KeptPage.from_bytes(kept.to_bytes()) == kept
    for broken in (b"", b"{}\n", b"[]\n", kept.to_bytes()[:-1], b"\xff\n", b"nonsense"):
        assert KeptPage.from_bytes(broken) is None
