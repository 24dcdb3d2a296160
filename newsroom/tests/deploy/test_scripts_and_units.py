"""The scripts and the units of systemd, as far as they can be checked without a server."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from .nginx_server import DEPLOY

SCRIPTS = sorted(DEPLOY.rglob("*.sh"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
SHELLCHECK, ANALYZE = shutil.which("shellcheck"), shutil.which("systemd-analyze")
MOST_EXPOSED = 20  # of 100


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sound(script):
    subprocess.run(["sh", "-n", script], check=True)
    if SHELLCHECK:
        said = subprocess.run([SHELLCHECK, "-x", script], capture_output=True, text=True)
        assert said.stdout == ""


@pytest.mark.parametrize(
    ("script", "words", "told"),
    [
        ("install.sh", "", "name the host"),
        ("install.sh", "news_example --self-signed", "news_example is no host name"),
        ("install.sh", "news.example", "say where TLS comes from"),
        ("install.sh", "news.example --certificate /none --key /none", "/none"),
        ("install.sh", "news.example --key", "--key takes a value"),
        ("install.sh", "news.example --frobnicate", "no option --frobnicate"),
        ("install.sh", "news.example www.news.example", "name the hosts once"),
        ("update.sh", "", "name one folder or version"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_done(script, words, told, tmp_path):
    said = subprocess.run(
        ["sh", DEPLOY / script, *words.split()],
        env={"PATH": "/usr/bin:/bin", "CONFIGURATION": str(tmp_path), "PAPER": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("Refused: ")
    assert told in said.stderr
    assert list(tmp_path.iterdir()) == []


def steps(words: str, folder: Path, **names: str) -> subprocess.CompletedProcess:
    """Run some lines after those of steps.sh, as the scripts do; nothing else of the machine."""
    return subprocess.run(
        ["sh", "-euc", f'. "{DEPLOY}/steps.sh"\n{words}'],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)} | names,
        cwd=folder,
        capture_output=True,
        text=True,
    )


def function_of(script: str, name: str) -> str:
    """Return a function of a script by its text."""
    found = re.search(rf"^{name}\(\) \{{\n.*?^\}}\n", (DEPLOY / script).read_text(), re.M | re.S)
    return found[0]


def test_a_version_of_git_is_unpacked_whole_though_the_script_stands_in_a_folder_of_it(tmp_path):
    paper, target = tmp_path / "paper", tmp_path / "version"
    (paper / "deploy").mkdir(parents=True)
    target.mkdir()
    for name in ("manage.py", "deploy/update.sh"):
        (paper / name).write_text(name)
    git = "git -C paper -c user.name=a -c user.email=a@b.example"
    lines = f"{git} init -q; {git} add .; {git} commit -qm first; {git} tag v1"
    said = steps(f"{lines}; unpack paper/deploy v1 {target}", tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    found = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert found == {"manage.py", "deploy/update.sh"}


def test_an_installation_that_was_cut_off_after_its_tables_still_gets_the_roles(tmp_path):
    stubs = """
        manage_in() { shift; echo "$1 $2"; }
        as_postgres() { printf '%s' "$ROLES"; }
    """
    words = "".join(function_of("install.sh", name) for name in ("has_roles", "fill_database"))
    said = {
        roles: steps(f"{stubs}{words}ADMINISTRATOR=a; fill_database", tmp_path, ROLES=roles).stdout
        for roles in ("", "1")
    }
    assert "loaddata roles" in said[""]
    assert "loaddata roles" not in said["1"]
    assert all("create_administrator a" in each for each in said.values())


def test_a_new_version_whose_lines_nginx_refuses_leads_nobody(tmp_path):
    stubs = """
        runtime_of() { :; }; cat() { :; }; switch_to() { :; }; systemctl() { echo "$@"; }
        write_units() { return 1; }
    """
    words = f"{stubs}{function_of('update.sh', 'lead_to')}if lead_to new; then echo led; fi"
    said = steps(words, tmp_path)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_the_settings_of_a_new_server_are_those_of_the_table():
    named = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "newsroom.env").read_text(), re.M)
    known = re.findall(
        r"^\| `([A-Z_]+)` \|", (settings.BASE_DIR / "docs/operating.md").read_text(), re.M
    )
    assert set(named) - set(known) == {"WEB_CONCURRENCY"}  # gunicorn's own


@pytest.fixture
def rendered(tmp_path):
    """The units as install.sh writes them, with programs where they name some."""
    places = {"PAPER": tmp_path / "srv", "STATE": tmp_path / "state", "BACKUPS": tmp_path / "back"}
    program = places["PAPER"] / "current" / "var" / "venv" / "bin" / "python"
    for path in (program, places["PAPER"] / "current" / "deploy" / "task.sh"):
        path.parent.mkdir(parents=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    words = "; ".join(f"render {unit} {tmp_path}/{unit.name}" for unit in UNITS)
    subprocess.run(
        ["sh", "-euc", f". {DEPLOY}/steps.sh; {words}"],
        env={"PATH": "/usr/bin:/bin"} | {name: str(path) for name, path in places.items()},
        check=True,
        capture_output=True,
    )
    return tmp_path


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_a_unit(unit, rendered):
    if not ANALYZE:
        pytest.skip("systemd-analyze is not installed")
    name = unit.name.replace("@.", "@backup.")
    said = subprocess.run(
        [ANALYZE, "verify", "--man=no", name],
        env={"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{rendered}:"},
        capture_output=True,
        text=True,
    )
    assert [line for line in said.stderr.splitlines() if "newsroom" in line] == []
    assert not re.findall(r"@[A-Z_]+@", (rendered / unit.name).read_text())


@pytest.mark.parametrize("name", ["newsroom.service", "newsroom-task@.service"])
def test_a_service_can_do_little_beside_its_work(name, rendered):
    if not ANALYZE:
        pytest.skip("systemd-analyze is not installed")
    said = subprocess.run(
        [ANALYZE, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", rendered / name],
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout[-300:]


def test_every_task_of_a_timer_is_known():
    named = {
        re.search(r"task@(\w+)", unit.read_text())[1] for unit in UNITS if "timer" in unit.name
    }
    known = set(re.findall(r"^    (\w+)\)", (DEPLOY / "task.sh").read_text(), re.M))
    assert named == known - {"failure"}
