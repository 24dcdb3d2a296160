"""Who may import whom: a module imports what stands on a lower line, never upward or across.

0  words and numbers, without Django
1  the models
2  what changes, selects or composes rows; in the order of the table
3  the doors: the desk, the reader's site, template tags, commands; doors do not import doors
4  the building (newsroom)

A screen imports the shared parts beside it and no other screen. The screens of the reader's site
are what urls.py names, those of the desk are what registers a model.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

WORDS = {
    "almanac", "archived", "body", "cleaning", "comparing", "copy", "excerpt", "intake", "merging",
    "packing", "picture_files", "pictures", "place_map", "prose", "tags", "text", "typeset",
    "uploads",
}  # fmt: skip
ROWS = [
    *("prepared", "renditions", "ordering", "placement", "revisions", "duties", "procedure"),
    *("workflow", "typed", "working_copies", "queues", "preflight", "release", "board", "editing"),
    *("forms", "set_article", "makeup", "previews", "raw_pages"),
    *("intake.objections", "intake.storing", "readings", "reasons", "galley"),
    *("picture_refusals", "archiving"),
]
DOORS = {"admin", "views", "templatetags", "management"}
ADDRESSES = "articles.urls"
REGISTERS = re.compile(r"^@admin\.register\(|\bsite\.register\(", re.M)
# Started by Django itself, before and beside everything.
STARTING = {"articles.apps", "articles.checks"}


def imports(source: str, module: str, *, is_package=False) -> list[str]:
    """Return the modules that a module's source imports, by their full names.

    `from articles import body` counts as articles.body, `from .text import count` as
    articles.text.count: the table is asked by the longest name it knows.
    """
    here = module if is_package else module.rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = here.split(".")
            base = parts[: len(parts) + 1 - node.level] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
    return found


def layer(name: str) -> float:
    """Return the line on which a module stands; -1 for what is not ours."""
    top, _, rest = name.partition(".")
    first = rest.partition(".")[0]
    if top != "articles":
        return 4 if top == "newsroom" else -1
    second = ".".join(rest.split(".")[:2])
    if second in ROWS:
        return 2 + ROWS.index(second) / 1000
    if first in WORDS:
        return 0
    if first == "models":
        return 1
    if first in ROWS:
        return 2 + ROWS.index(first) / 1000
    return 3


def door(name: str) -> str:
    """Return the door to which a module belongs: articles.views, articles.admin …"""
    return ".".join(name.split(".")[:2])


def faults(source: str, module: str, *, screens=frozenset(), is_package=False) -> list[str]:
    """Return what a module imports though it may not."""
    found = []
    for name in imports(source, module, is_package=is_package):
        if name.startswith("django") and layer(module) == 0:
            found.append(f"{module} imports {name}: words know no Django")
        elif module.startswith("articles") and layer(name) > layer(module):
            found.append(f"{module} imports {name}: upward")
        elif layer(module) == layer(name) == 3 and is_across(module, name, screens):
            found.append(f"{module} imports {name}: across")
    return found


def is_across(module: str, name: str, screens: frozenset) -> bool:
    """Tell whether one door imports another, or a screen or a part a screen."""
    if module == ADDRESSES:
        return door(name) != "articles.views"
    if door(module) != door(name):
        return True
    return any(name == screen or name.startswith(f"{screen}.") for screen in screens - {module})


def modules(*folders: str):
    """Give the name, the path and the source of each module outside tests and migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not {"tests", "migrations"} & set(parts):
                name = ".".join(parts).removesuffix(".__init__")
                yield name, path, path.read_text()


def screens() -> frozenset:
    """Return the modules that are screens of the reader's site or of the desk."""
    named = set(imports((ROOT / "articles" / "urls.py").read_text(), ADDRESSES))
    found = {name for name in named if name.startswith("articles.views.")}
    desk = modules("articles/admin")
    return frozenset(found | {name for name, _, source in desk if REGISTERS.search(source)})


def test_no_module_imports_upward_or_across():
    named = screens()
    found = [
        fault
        for name, path, source in modules("articles", "newsroom")
        if name not in STARTING
        for fault in faults(source, name, screens=named, is_package=path.name == "__init__.py")
    ]
    assert found == []


def test_every_module_of_the_paper_has_a_line_of_its_own():
    known = WORDS | set(ROWS) | DOORS | {"models", "urls"} | {name[9:] for name in STARTING}
    firsts = {name.split(".")[1] for name, _, _ in modules("articles") if "." in name}
    assert firsts - known == set(), "say in the table above on which line it stands"


def test_the_screens_are_found():
    assert {"articles.views.front", "articles.views.article"} <= screens()
    assert "articles.views.frame" not in screens()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("articles.text", "import re"),
        ("articles.models.article", "from articles import text"),
        ("articles.models.article", "from .page import Page"),
        ("articles.workflow", "from articles.models import Article"),
        ("articles.workflow", "from articles.placement import place"),
        ("articles.intake.storing", "from .drafting import draft"),
        ("articles.views.front", "from .frame import Frame\nfrom articles import packing"),
        ("articles.admin.article", "from .widgets import Wide\nfrom articles.workflow import move"),
        ("articles.urls", "from .views import front, article"),
        ("newsroom.settings", "from articles import checks"),
    ],
)
def test_an_import_from_a_lower_line_passes(module, source):
    assert faults(source, module, screens=frozenset({"articles.views.front"})) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("articles.text", "from django.utils import timezone"),
        ("articles.text", "from articles.models import Article"),
        ("articles.models.article", "from articles.workflow import move"),
        ("articles.models.article", "from ..views import front"),
        ("articles.placement", "from articles import workflow"),
        ("articles.intake.parsing", "from .storing import store"),
        ("articles.workflow", "def f():\n    from articles.admin.site import Desk"),
        ("articles.views.article", "from . import front"),
        ("articles.views.article", "from .front import FrontPage"),
        ("articles.views.frame", "from .front import FrontPage"),
        ("articles.views.front", "from articles.admin.site import Desk"),
        ("articles.admin.article", "from articles.views.front import FrontPage"),
        ("articles.templatetags.paper", "from articles.views import frame"),
        ("articles.management.commands.demo", "from articles.admin.site import Desk"),
        ("articles.urls", "from articles.admin import site"),
        ("articles.workflow", "import newsroom.settings"),
        ("articles.views.front", "from newsroom import environment"),
    ],
)
def test_an_import_upward_or_across_is_stopped(module, source):
    assert len(faults(source, module, screens=frozenset({"articles.views.front"}))) == 1
