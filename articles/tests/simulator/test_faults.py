"""The faults of the simulator: a worker that is killed harms nobody but itself."""

import os
import signal

import pytest
from django.db import connection

from articles.models import Masthead
from articles.tests.factories import make_masthead
from articles.tests.simulator.faults import in_another_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.browser
@pytest.mark.usefixtures("together")
def test_a_killed_worker_holds_no_lock_where_a_browser_runs_too(request):
    make_masthead()
    Masthead.objects.get()  # A connection of the time before the browser.
    request.getfixturevalue("chromium")

    def die_with_a_lock():
        connection.set_autocommit(False)
        Masthead.objects.update(name="武进日报")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_another_process(die_with_a_lock) is None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET lock_timeout = '5s'")
    assert Masthead.objects.update(name="江南日报") == 1
