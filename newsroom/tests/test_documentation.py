"""Every path that the documentation names exists."""

import re
from pathlib import Path

from articles.tests.source_tree import ROOT

CODE = re.compile(r"`([^`\s]+)`")
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
FILE = re.compile(r"[\w.-]+(/[\w.-]+)*(\.(py|html|css|js|json|md|txt|toml|po)|/)")
MADE = "var/"  # made when the project runs


def documents() -> list[Path]:
    """Return the READMEs and the pages of docs/."""
    found = [*ROOT.glob("docs/*.md"), *ROOT.rglob("README.md")]
    return [path for path in found if "var" not in path.relative_to(ROOT).parts]


def exists(name: str, document: Path) -> bool:
    """Return whether a path is in the root, beside the document or anywhere below its folder."""
    folder = ROOT if document.parent.name == "docs" else document.parent
    beside = (ROOT / name).exists() or (document.parent / name).exists()
    return beside or (".." not in name and any(folder.rglob(name.rstrip("/"))))


def missing(document: Path) -> list[str]:
    """Return the paths that a document names and that do not exist."""
    text = document.read_text()
    named = [name for name in CODE.findall(text) if FILE.fullmatch(name)] + LINK.findall(text)
    return [name for name in named if not name.startswith(MADE) and not exists(name, document)]


def test_every_path_in_the_documentation_exists():
    found = {str(path.relative_to(ROOT)): missing(path) for path in documents()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_the_first_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 90


def test_a_path_that_is_gone_is_found(tmp_path):
    page = tmp_path / "README.md"
    page.write_text("See `manage.py`, `gone/away.py` and [this](nowhere.md). Run `make test`.")
    assert missing(page) == ["gone/away.py", "nowhere.md"]
