"""The procedure driven at random by every role: no illegal step, no unsigned character public."""

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as run_settings
from hypothesis.stateful import run_state_machine_as_test

from articles.tests.factories import make_member
from articles.tests.role_tables import WHO
from articles.tests.workflow_state_machine import STAFF, Newsroom

# With each of the rules.
STEPS = 2_500
AT_ONCE = 50


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("rules", ["amend", "strict"])
def test_thousands_of_random_steps_print_nothing_unsigned(roles, settings, rules):
    settings.REVIEW_RULES = rules
    groups = {role: roles(role).groups.get() for role in {*STAFF} - {"超级用户"}}
    Newsroom.staff = [
        make_member(username=f"{role}{number}", is_superuser=role == "超级用户")
        for number, role in enumerate(STAFF)
    ]
    for member, role in zip(Newsroom.staff, STAFF, strict=True):
        member.groups.set([groups[role]] if role in groups else [])
    Newsroom.tally.clear()
    run_state_machine_as_test(
        Newsroom,
        settings=run_settings(
            max_examples=STEPS // AT_ONCE + 5,
            stateful_step_count=AT_ONCE,
            deadline=None,
            database=None,
            derandomize=True,  # The same steps every time: what fails can be looked at.
            suppress_health_check=list(HealthCheck),
        ),
    )
    tally = Newsroom.tally
    assert tally["steps"] >= STEPS
    happened = {*WHO, "changed", "corrected", "released", "recalled", "seen by readers"}
    assert {what for what in happened if not tally[what]} == set()
