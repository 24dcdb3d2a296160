"""One seed drives the paper through faults of every kind, and everything holds that must."""

import logging
import os
import random

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.db import connection

from articles.tests.factories import make_masthead, make_member
from articles.tests.role_tables import STAFF
from articles.tests.simulator.faults import SharedCache, SimulatedStorage
from articles.tests.simulator.run import run
from articles.tests.simulator.simulation import Simulation

# 2,000 steps in all where both databases are there; any number by hand.
OWN_SEEDS = "1 2" if connection.vendor == "sqlite" else "3 4"
SEEDS = [int(seed) for seed in os.environ.get("SIMULATOR_SEEDS", OWN_SEEDS).split()]
STEPS = int(os.environ.get("SIMULATOR_STEPS", "500"))
AGAIN = "python -m articles.tests.simulator --seed {seed} --steps {steps}"


def name_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@pytest.fixture
def no_syncs(monkeypatch):
    """Let commits not wait for the disk: processes die here, machines do not."""
    options = dict(connection.settings_dict["OPTIONS"])
    if connection.vendor == "sqlite":
        command = options.get("init_command", "").replace("=FULL", "=OFF")
        options["init_command"] = command
    else:
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)


@pytest.fixture
def no_log():
    """Write none of the many errors into the log."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def staff(transactional_db, roles):
    """A member for each place of `role_tables.STAFF`."""
    groups = {role: roles(role).groups.get() for role in {*STAFF} - {"超级用户"}}
    found = []
    for number, role in enumerate(STAFF):
        is_superuser = role == "超级用户"
        member = make_member(
            username=f"{role}{number}", name=role, is_staff=True, is_superuser=is_superuser
        )
        member.groups.set([groups[role]] if role in groups else [])
        found.append(member)
    return found


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.usefixtures("no_syncs", "no_log", "together")
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_what_must_hold_holds(seed, settings, staff, tmp_path):
    connection.close()
    chance = random.Random(seed)
    kind = chance.choice([FileBasedCache, SharedCache])
    settings.REVIEW_RULES = chance.choice(["amend", "strict"])
    cache = settings.CACHES["default"] | {"BACKEND": name_of(kind)}
    settings.CACHES, settings.PAGE_CACHE_MB = {"default": cache}, 16
    storage = settings.STORAGES["default"] | {"BACKEND": name_of(SimulatedStorage)}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    make_masthead()
    sim = Simulation(seed, staff, tmp_path)
    try:
        run(sim, STEPS)
    except AssertionError as error:
        again = AGAIN.format(seed=seed, steps=STEPS)
        pytest.fail(f"{error}\n\nSeed {seed}. Again: {again}")
    finally:
        print(f"seed {seed}: {dict(sim.tally.most_common())}")
