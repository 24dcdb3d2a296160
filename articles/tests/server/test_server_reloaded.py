"""A new version is put in place under writing editors, and none of them notices."""

import pytest

from articles.tests.gunicorn_server import assert_sound, until
from articles.tests.http_editors import assert_nothing_is_lost_or_torn, at_work, finish, total

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.any_database]
RELOADS = 20
# Four writers without a pause keep both processors from starting the new workers.
PAUSE = 0.3


def test_twenty_graceful_reloads_under_four_writers_lose_nothing(served):
    writers = at_work(served, 4, pause=PAUSE)
    for _ in range(RELOADS):
        before = [len(writer.saved) for writer in writers]
        until(lambda before=before: all_have_saved(writers, before), "everybody to save")
        served.reload()
        before = [len(writer.saved) for writer in writers]
        until(lambda before=before: all_have_saved(writers, before), "everybody to save again")
    finish(writers)
    until(lambda: len(served.workers()) == 2, "as many workers as before")
    assert_sound()
    for writer in writers:
        assert_nothing_is_lost_or_torn(writer)
    assert served.faults() == []
    print(
        f"{RELOADS} reloads: {total(writers, 'saved')} saves acknowledged,"
        f" {total(writers, 'cut')} cut off, longest gap {max(w.gap for w in writers):.1f} s"
    )


def all_have_saved(writers, before: list[int]) -> bool:
    """Tell whether every writer has saved since; fail where one got an error page."""
    total(writers, "saved")
    return all(len(w.saved) > count for w, count in zip(writers, before, strict=True))
