"""How static files are named: by their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside JavaScript modules that import one another."""

    support_js_module_import_aggregation = True
