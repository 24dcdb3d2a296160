"""Static files named by a hash of their content, so that browsers may cache them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# An import of a module of ours: a line of its own, without a semicolon, which Django's own
# pattern (`support_js_module_import_aggregation`) asks for.
IMPORT = r"""(?m:^)(?P<matched>import(?P<names>(?:[^;"']*from)?) "(?P<url>\.[^"]*)")(?!;)"""


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside JavaScript modules that import one another."""

    support_js_module_import_aggregation = True
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", ((IMPORT, 'import%(names)s "%(url)s"'),)),
    )
