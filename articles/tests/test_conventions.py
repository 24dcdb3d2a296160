"""The house rules for code and templates, each with what it passes and what it stops."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from .source_tree import ROOT, imports, modules

LONGEST = 300
MOST_TESTS = 25
VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "tools"}
LATER = re.compile(r"\b(?:TO" "DO|FIX" "ME|XX" "X|HA" r"CK)\b")
TAG = re.compile(r"<[a-zA-Z](?:\{[%{].*?[%}]\}|\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.S)
INLINE = re.compile(r"""\s(?:style|on[a-z]+)\s*=|javascript:|<style\b""", re.I)
SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", re.I)
# The one door to each of these fields.
DOOR_TO = {"status": "articles.workflow.transitions", "released_at": "articles.workflow.release"}


def definitions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Give every function and method of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def positional_flags(source: str) -> list[str]:
    """Return parameters that are true or false and can be given without their name."""
    found = []
    for function in definitions(ast.parse(source)):
        given = function.args
        named = [*given.posonlyargs, *given.args]
        defaults = [None] * (len(named) - len(given.defaults)) + given.defaults
        for parameter, default in zip(named, defaults, strict=True):
            kind = ast.unparse(parameter.annotation) if parameter.annotation else ""
            is_flag = isinstance(default, ast.Constant) and isinstance(default.value, bool)
            if kind == "bool" or is_flag:
                found.append(f"{function.name}({parameter.arg})")
    return found


def misnamed_tags(source: str) -> list[str]:
    """Return inclusion tags that are not named as their template."""
    found = []
    for function in definitions(ast.parse(source)):
        for decorator in function.decorator_list:
            if "inclusion_tag(" in (text := ast.unparse(decorator)):
                template = text.partition("inclusion_tag(")[2].split(",")[0].strip("'\")")
                if Path(template).stem.lstrip("_") != function.name:
                    found.append(f"{function.name}: {template}")
    return found


def receivers(source: str) -> list[str]:
    """Return imports of signals and uses of @receiver."""
    tree = ast.parse(source)
    found = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and ((node.module or "").endswith(".signals") or node.module == "django.dispatch")
    ]
    for function in definitions(tree):
        found += [d for d in map(ast.unparse, function.decorator_list) if "receiver" in d]
    return found


def undocumented(source: str) -> list[str]:
    """Return public functions and classes of a module, and the module, without a docstring."""
    tree = ast.parse(source)
    things = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    named = [(node.name, node) for node in things if not node.name.startswith("_")]
    if tree.body:
        named.append(("module", tree))
    return [name for name, node in named if not ast.get_docstring(node)]


def side_doors(source: str, module: str) -> list[str]:
    """Return writes to a field whose one door is another module."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [t.attr for t in targets if isinstance(t, ast.Attribute) and is_row(t)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".update"):
            found += [keyword.arg for keyword in node.keywords]
    return [field for field in found if DOOR_TO.get(field, module) != module]


def imported_tests(source: str) -> list[str]:
    """Return the names of test modules that a module imports, or imports from."""
    return [name for name in imports(source, "tests.a") if re.search(r"(?:^|\.)test_", name)]


def is_row(target: ast.Attribute) -> bool:
    """Tell an article's status from an answer's: `response.status = 404` is another thing."""
    return ast.unparse(target.value) not in ("self.response", "response")


def inline_code(template: str) -> list[str]:
    """Return scripts without an address, and styles or handlers written into a tag."""
    found = [tag for tag in TAG.findall(template) if INLINE.search(tag)]
    return found + SCRIPT.findall(template)


def left_for_later(text: str) -> list[str]:
    """Return marks of unfinished work."""
    return LATER.findall(text)


RULES = {
    "a flag is given by its name": positional_flags,
    "an inclusion tag is named as its template": misnamed_tags,
    "no signal receivers": receivers,
    "public things have a docstring": undocumented,
    "nothing is left for later": left_for_later,
}


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_a_rule(rule):
    broken = {
        name: found
        for name, _, source in modules("articles", "newsroom")
        if (found := RULES[rule](source))
    }
    assert broken == {}


def test_a_status_has_one_door():
    found = {name: side_doors(source, name) for name, _, source in modules("articles")}
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_no_file_is_longer_than_a_reader_can_hold():
    paths = [*(ROOT / "articles").rglob("*.py"), *(ROOT / "newsroom").rglob("*.py")]
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    assert {
        str(path.relative_to(ROOT)): length
        for path, length in lengths.items()
        if length > LONGEST and "migrations" not in path.parts
    } == {}


def test_modules_are_named_for_what_they_hold():
    assert [
        name for name, _, _ in modules("articles", "newsroom") if VAGUE & {*name.split(".")}
    ] == []


def test_lines_of_templates_and_scripts_are_at_most_120_characters_long():
    paths = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.js")]
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 120
    ] == []


def test_no_test_module_imports_another_one():
    sources = {path: path.read_text() for path in ROOT.glob("*/tests/**/*.py")}
    found = {path: imported_tests(source) for path, source in sources.items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_folder_of_tests_holds_no_more_files_than_fit_on_a_screen():
    folders = Counter(path.parent for path in ROOT.glob("*/tests/**/*.py"))
    assert {folder: count for folder, count in folders.items() if count > MOST_TESTS} == {}


def templates() -> Iterator[tuple[str, str]]:
    """Give every template's path and text."""
    for folder in ("templates", "articles"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            yield str(path.relative_to(ROOT)), path.read_text()


def test_no_template_holds_inline_code():
    assert {name: found for name, text in templates() if (found := inline_code(text))} == {}


def test_templates_styles_and_scripts_leave_nothing_for_later():
    files = [path for path in (ROOT / "static").rglob("*") if path.suffix in (".css", ".js")]
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in files} | dict(templates())
    assert {name: found for name, text in texts.items() if (found := left_for_later(text))} == {}


def test_migrations_say_what_they_do():
    names = [path.name for path in (ROOT / "articles" / "migrations").glob("*.py")]
    assert [name for name in names if "_auto_" in name] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    # It ends the process where a migration is missing.
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("rule", "passes", "stops"),
    [
        (positional_flags, "def f(a, *, full=False): ...", "def f(a, full=False): ..."),
        (positional_flags, "def f(a: int, b=0): ...", "class C:\n    def m(self, full: bool): ..."),
        (
            misnamed_tags,
            '@register.inclusion_tag("paper/_story.html")\ndef story(): ...',
            '@register.inclusion_tag("paper/_story.html", takes_context=True)\ndef box(c): ...',
        ),
        (
            receivers,
            "from django.db import models",
            "from django.db.models.signals import post_save",
        ),
        (receivers, "@cache\ndef f(): ...", "@receiver(saved)\ndef f(): ..."),
        (undocumented, '"""M."""\ndef f():\n    """F."""', '"""M."""\ndef f(): ...'),
        (undocumented, '"""M."""\ndef _f(): ...', "class _C: ..."),
        (undocumented, "", '"""M."""\nclass C: ...'),
        (imported_tests, "from articles.tests import factories", "from .test_a import b"),
        (imported_tests, "from django.test import Client", "from . import test_a"),
        (imported_tests, "import articles.tests.factories", "import articles.tests.test_a"),
        (left_for_later, "# It is done.", "# TO" + "DO: the rest"),
        (inline_code, '<script src="{% static "js/a.js" %}"></script>', "<script>go()</script>"),
        (
            inline_code,
            '<script type="application/ld+json">{}</script>',
            '<script type="importmap">{}',
        ),
        (inline_code, '<p class="a">style=1</p>', '<p class="a" style="color:red">'),
        (inline_code, '<p data-on="x">', "<p {% if a > b %}hidden{% endif %} onclick=go()>"),
        (inline_code, '<a href="/a/">', '<a href="javascript:go()">'),
    ],
)
def test_a_rule_passes_what_is_right_and_stops_what_is_not(rule, passes, stops):
    assert rule(passes) == []
    assert len(rule(stops)) >= 1


@pytest.mark.parametrize(
    ("source", "door"),
    [
        ("article.status = new", "articles.workflow.transitions"),
        ("rows.update(released_at=now)", "articles.workflow.release"),
    ],
)
def test_only_the_procedure_writes_a_status(source, door):
    assert side_doors(source, door) == []
    assert len(side_doors(source, "articles.admin.article.article_admin")) == 1
    assert (
        side_doors("if article.status == new: pass", "articles.admin.article.article_admin") == []
    )
