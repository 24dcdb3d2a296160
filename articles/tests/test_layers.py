"""The order of the packages: each imports only those on the lines above it, or on its own."""

import pytest

from .source_tree import imports, modules

LAYERS = [
    ["content", "lunar_calendar", "layout.grid", "photos.files", "intake.parse", "documents.word"]
    + [
        "archive.format",
        "archive.saved_site",
        "ledger.chain",
        "traditional.conversion",
        "traditional.printed_names",
        "traditional.page_html",
        "old_addresses.patterns",
        "static_edition.links",
        "static_edition.manifest",
        "search.terms",
        "facsimiles.polygons",
        "facsimiles.outlines",
    ],
    ["models"],  # The line above knows no Django.
    *(
        ["ledger"],
        ["publication"],
        ["accounts"],
        ["lists"],
        ["facsimiles"],
        ["photos"],
        ["search"],
        ["revisions"],
        ["workflow"],
        ["notices"],
        ["layout"],
        ["editing"],
        ["intake"],
    ),
    *(["documents"], ["archive"], ["old_addresses"]),
    *(["queries"], ["statistics"], ["previews"], ["sharing"], ["feeds"], ["traditional"]),
    ["static_edition"],
    ["admin", "views", "templatetags", "management", "urls"],  # Only urls may import another one.
    ["apps", "checks"],
]
APART = len(LAYERS) - 2


def place(module: str) -> tuple[int, str]:
    """Return the line and the package of a module; line 99 is newsroom's, -1 anybody else's."""
    top, _, rest = module.partition(".")
    for length in (2, 1) if top == "articles" else ():
        package = ".".join(rest.split(".")[:length])
        for line, packages in enumerate(LAYERS):
            if package in packages:
                return line, package
    return (99, top) if top == "newsroom" else (-1, top)


def refused(source: str, module: str) -> list[str]:
    """Return what a module imports though its place does not allow it."""
    (line, package), found = place(module), []
    for name in imports(source, module):
        their_line, theirs = place(name)
        is_apart = line == their_line == APART and theirs != package != "urls"
        if their_line > line or is_apart or (line == 0 and name.startswith("django")):
            found.append(name)
    return found


def test_every_module_keeps_to_its_layer():
    found = {
        name: refused(source, f"{name}." if path.name == "__init__.py" else name)
        for name, path, source in modules("articles")
    }
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("articles.content.diff", "django.utils"),
        ("articles.models.article", "articles.workflow"),
        ("articles.workflow.moves", "articles.editing.saving"),
        ("articles.views.about", "articles.admin.site"),
        ("articles.queries", "newsroom.settings"),
    ],
)
def test_an_import_against_the_order_is_refused(module, name):
    assert refused(f"import re, {name}", module) == [name]
