"""Static files: the names by which modules import one another."""

import re

from django.contrib.staticfiles.storage import staticfiles_storage

from newsroom.settings import BASE_DIR

IMPORT = re.compile(r'^import\b[^"]*"([^"]+)"', re.M)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_every_module_imports_others_by_the_name_that_carries_their_hash():
    modules = [path.relative_to(BASE_DIR / "static") for path in BASE_DIR.glob("static/js/**/*.js")]
    imported = []
    for module in modules:
        with staticfiles_storage.open(staticfiles_storage.stored_name(str(module))) as stored:
            imported += IMPORT.findall(stored.read().decode())
    assert len(imported) > 20
    assert [name for name in imported if not HASHED.search(name)] == []
