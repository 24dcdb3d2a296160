"""How static files are named: by their content, so that a browser may keep them for ever."""

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside JavaScript modules that import one another."""

    support_js_module_import_aggregation = True

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.known: dict[str, str] = {}

    def url(self, name: str, *forced) -> str:
        """Return the address of a file, worked out once where files are served as collected."""
        if settings.DEBUG or forced:
            return super().url(name, *forced)
        if name not in self.known:
            self.known[name] = super().url(name)
        return self.known[name]
