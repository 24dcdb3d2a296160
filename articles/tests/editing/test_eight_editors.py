"""The whole desk saves at once, each another article."""

import time

import pytest

from articles.tests.gunicorn_server import assert_sound
from articles.tests.http_editors import assert_nothing_is_lost_or_torn, at_work, total

pytestmark = [pytest.mark.slow, pytest.mark.long]
EDITORS, TIMES = 8, 200


def test_eight_editors_save_two_hundred_times_each_without_an_error(served):
    began = time.monotonic()
    writers = at_work(served, EDITORS, times=TIMES, is_light=True)
    for writer in writers:
        writer.join()
    took = time.monotonic() - began
    assert (total(writers, "saved"), total(writers, "cut")) == (EDITORS * TIMES, 0)
    assert_sound()
    for writer in writers:
        assert_nothing_is_lost_or_torn(writer)
    assert served.faults() == []
    print(f"{EDITORS * TIMES} saves in {took:.0f} s, longest {max(w.gap for w in writers):.1f} s")
