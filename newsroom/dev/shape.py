"""Measures how the code is built, and how much of it runs for a request.

Requests. Five are followed in a scratch site in memory, each in a process in which only the URLs
were loaded before. `first` is the first of its kind in that process, as after a start; `again` is
the next one. Counted is the code of articles/ without tests.

modules         files of which a function ran, or that were loaded meanwhile
functions       distinct functions that ran; a comprehension, a generator expression or a lambda
                is part of the function that holds it, bodies of modules and classes are none
switches        how often the function entered next, or the module loaded next, is in another
                module than the last
crossing calls  calls of a function by one of another module, whatever code that is not the
                project's stands between (Django, a template)
crossing pairs  the distinct pairs of functions among these

Structure. Counted in the files that git tracks. Product is the Python of articles/ and newsroom/
without tests and migrations; the tools are newsroom/dev and the command learn_reading. A folder's
files are those directly in it, of every kind. A function's lines go from `def` to its end. Imports
are the distinct modules that a module imports, anywhere in it. A percentile is the smallest value
that so many per cent do not exceed.
"""

import argparse
import json
from pathlib import Path, PurePath

from newsroom.dev.journeys import JOURNEYS, in_child_process, trace_journey
from newsroom.dev.scratch import scratch_site
from newsroom.dev.structure import Structure

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("modules", "functions", "switches", "crossing calls", "crossing pairs")


def is_ours(file: str) -> bool:
    """Tell whether a file is in articles/, and no test."""
    path = PurePath(file)
    return path.is_relative_to(ROOT / "articles") and "tests" not in path.parts


def trace_requests() -> dict:
    """Return what ran for each request, by its name and its turn (first, again)."""
    with scratch_site():
        return {name: in_child_process(trace_journey, name, is_ours) for name in JOURNEYS}


def request_table(found: dict) -> list[str]:
    """Return the lines of the table of requests."""
    lines = [f"{'What runs for a request':<32}" + "".join(f"{name:>16}" for name in COLUMNS)]
    for name, turns in found.items():
        for turn, values in turns.items():
            cells = "".join(f"{values[column]:>16}" for column in COLUMNS)
            lines.append(f"{f'{name}, {turn}':<32}{cells}")
    return lines


def structure_table(found: dict) -> list[str]:
    """Return the lines of the table of the structure."""
    return ["How the code is built", *(f"{name:<36}{shown(each)}" for name, each in found.items())]


def shown(value: str | int | tuple[int, str]) -> str:
    """Format a text, a count, or a count with a name."""
    if isinstance(value, tuple):
        return f"{value[0]:,} {value[1]}"
    return value if isinstance(value, str) else f"{value:,}"


def main() -> None:
    """Measure, print the tables, and write the figures to a file where asked."""
    parser = argparse.ArgumentParser(
        prog="python -m newsroom.dev.shape",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    found = {"requests": trace_requests(), "structure": Structure(ROOT).measures()}
    tables = [*request_table(found["requests"]), "", *structure_table(found["structure"])]
    print("\n".join(tables))
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
