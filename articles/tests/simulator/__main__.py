"""Runs the simulator by hand: `python -m articles.tests.simulator --seeds 20 --steps 1000`."""

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run some seeds, those named or others each time; return pytest's exit status."""
    parser = argparse.ArgumentParser(prog="python -m articles.tests.simulator", description=__doc__)
    parser.add_argument("--seed", type=int, action="append", help="this one, as often as given")
    parser.add_argument("--seeds", type=int, default=4, help="so many others (%(default)s)")
    parser.add_argument("--steps", type=int, default=500, help="of each seed (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="at once (%(default)s)")
    options = parser.parse_args()
    seeds = options.seed or [secrets.randbelow(1_000_000) for _ in range(options.seeds)]
    chosen = {"SIMULATOR_SEEDS": " ".join(map(str, seeds)), "SIMULATOR_STEPS": str(options.steps)}
    command = [sys.executable, "-m", "pytest", "-q", "-s", str(Path(__file__).parent)]
    command += ["-n", str(options.processes)] if options.processes > 1 else []
    return subprocess.run(command, env=os.environ | chosen).returncode


if __name__ == "__main__":
    sys.exit(main())
