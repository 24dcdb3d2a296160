"""Runs the steps of one seed, and tells what happened where something did not hold."""

from datetime import timedelta

from django.db import close_old_connections

from . import checks, desk_steps, paper_steps
from .simulation import Simulation

# How often each step is taken, of the sum of all.
STEPS = {
    desk_steps.takes_the_step_that_is_due: 40,
    desk_steps.edits_an_article: 10,
    desk_steps.writes_an_article: 7,
    desk_steps.takes_any_step: 6,
    desk_steps.sends_an_old_form: 6,
    desk_steps.types_without_saving: 3,
    desk_steps.withdraws_a_published_article: 4,
    paper_steps.releases_or_recalls: 6,
    paper_steps.lets_time_pass: 7,
    paper_steps.uploads_a_photo: 4,
    paper_steps.prints_a_photo: 3,
    paper_steps.changes_a_photo: 2,
    paper_steps.breaks_or_mends_the_cache: 2,
    paper_steps.imports_a_page: 1,
    paper_steps.imports_an_archive: 1,
    paper_steps.cleans_the_media_folder: 2,
    paper_steps.takes_a_backup: 0.5,
}
EVERYTHING_EVERY, FILES_EVERY = 250, 10
SHOWN, SECOND = 60, timedelta(seconds=1)


def run(sim: Simulation, steps: int) -> None:
    """Take some steps, and check after each one. Raises AssertionError with the last steps."""
    with sim.clock.running():
        sim.new_paper()
        for number in range(1, steps + 1):
            sim.clock.move(SECOND)
            (step,) = sim.chance.choices([*STEPS], [*STEPS.values()])
            sim.log.append(f"{number}. {step.__name__} ({sim.now:%d %H:%M:%S})")
            try:
                take(sim, step, number)
            except Exception as error:
                shown = "\n".join(sim.log[-SHOWN:])
                raise AssertionError(f"after these steps:\n{shown}\n{error}") from error


def take(sim: Simulation, step, number: int) -> None:
    """Take one step and check what must hold after it."""
    step(sim)
    sim.tally[step.__name__] += 1
    close_old_connections()
    checks.check_rows(sim)
    checks.check_readers(sim)
    if number % FILES_EVERY == 0:
        checks.check_files(sim)
        checks.check_outage(sim, sim.chance.choice(checks.addresses(sim)))
    if number % EVERYTHING_EVERY == 0:
        checks.check_everything(sim)
