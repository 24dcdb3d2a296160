"""The script that measures the shape of the code counts as it says."""

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from newsroom.dev import shape
from newsroom.dev.journeys import in_child_process
from newsroom.dev.structure import Structure, function_lengths, imported_modules, percentile
from newsroom.dev.tracing import traced

ONE = """
class Sum:
    def of(self, numbers):
        return sum(double(number) for number in numbers)

def run():
    return [each() for each in (lambda: Sum().of([1, 2]), later)]

def later():
    return sorted([2, 1], key=double)
"""
OTHER = "def double(number):\n    return number * 2\n"


@pytest.fixture
def run(tmp_path):
    """A function of a tiny project of two modules."""
    names = {}
    for name, source in {"one": ONE, "other": OTHER}.items():
        exec(compile(source, str(tmp_path / f"{name}.py"), "exec"), names)
    return names["run"]


def test_what_runs_is_counted(run, tmp_path):
    with traced(lambda file: file.startswith(str(tmp_path))) as trace:
        run()
    assert trace.measures() == {
        "modules": 2,
        "functions": 4,  # run, Sum.of, later, double
        "switches": 3,  # run, of | double twice | later | double twice
        "crossing calls": 4,
        "crossing pairs": 2,  # Sum.of and later call double
    }


def test_a_module_loaded_meanwhile_counts_and_its_body_is_no_function(tmp_path):
    body = compile("class C:\n    ...\n", str(tmp_path / "late.py"), "exec")
    with traced(lambda file: file.startswith(str(tmp_path))) as trace:
        exec(body, {})
    found = trace.measures()
    assert (found["modules"], found["functions"], found["crossing calls"]) == (1, 0, 0)


def test_only_the_code_of_the_paper_is_traced():
    root = shape.ROOT
    assert shape.is_ours(f"{root}/articles/deep/down.py")
    assert not shape.is_ours(f"{root}/newsroom/urls.py")
    assert not shape.is_ours(f"{root}/articles/tests/factories.py")
    assert not shape.is_ours("/elsewhere/articles/down.py")


def test_a_function_is_measured_with_its_docstring():
    source = (
        '@cache\ndef f():\n    """Do.\n\n    More.\n    """\n\n    def g(): ...\n    return g\n'
    )
    assert list(function_lengths(source)) == [8, 1]


def test_a_module_is_counted_once_however_much_is_imported_of_it():
    source = (
        "import re\nfrom django.db import models, router\nfrom . import forms, NAME\n"
        "from .forms import Form\ndef f():\n    from ..shop import prices\n"
    )
    known = {"a.b.forms", "a.shop.prices"}
    assert imported_modules(source, PurePosixPath("a/b/c.py"), known) == {
        "re",
        "django.db",
        "a.b.forms",
        "a.b",
        "a.shop.prices",
    }


@pytest.mark.parametrize(("part", "value"), [(90, 9), (95, 10), (100, 10), (1, 1)])
def test_a_percentile_is_one_of_the_values(part, value):
    assert percentile(list(range(10, 0, -1)), part) == value


@pytest.fixture
def tree(tmp_path):
    """A project of a few files, not all of them the product's."""
    files = {
        "articles/__init__.py": "",
        "articles/urls.py": '"""U."""\nimport re\n',
        "articles/models.py": "def f():\n    return 1\n",
        "articles/desk/a.html": "<p>\n</p>\n",
        "articles/migrations/0001_a.py": "x = 1\n" * 90,
        "newsroom/dev/training/training.py": "x = 1\n" * 4,
        "articles/tests/test_a.py": "x = 1\n" * 7,
        "newsroom/dev/bench/paper.py": "x = 1\n",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def expected() -> dict:
    return {
        "modules flat in articles/": 2,
        "fullest product folder": (3, "articles"),
        "fullest tests folder": (1, "articles/tests"),
        "lines of Python": 9,
        "lines of Python without the tools": 4,
        "lines of templates": 2,
        "largest module": (4, "newsroom/dev/training/training.py"),
    }


def test_the_structure_is_counted(tree):
    found = Structure(tree).measures()
    assert {name: found[name] for name in expected()} == expected()


def test_only_what_git_tracks_is_counted(tree):
    git(tree, "rm", "--quiet", "--cached", "-r", "articles/tests", "articles/urls.py")
    found = Structure(tree).measures()
    assert found["lines of Python"] == 7
    assert found["fullest tests folder"] == (0, "")


def test_a_child_process_returns_what_the_function_returns():
    assert in_child_process(sum, [1, 2]) == 3
    with pytest.raises(RuntimeError, match="failed"):
        in_child_process(Path.read_text, Path("not there"))


def test_the_table_has_a_line_for_every_request():
    counts = dict.fromkeys(shape.COLUMNS, 7)
    (head, line) = shape.request_table({"GET an article": {"first": counts}})
    assert line.split() == ["GET", "an", "article,", "first", *["7"] * 5]
    assert len(head) == len(line)
