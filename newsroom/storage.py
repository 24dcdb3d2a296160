"""Where files are kept: uploads, and static files named by a hash of their content."""

import re
import uuid
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# How the name ends that an upload has until it is whole.
PARTIAL = re.compile(r"\.[0-9a-f]{32}\Z")
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


class MediaStorage(FileSystemStorage):
    """Files that stand under their names once they are whole: a full disk leaves no part of one."""

    def _save(self, name, content):
        partial = f"{name}.{uuid.uuid4().hex}"
        try:
            super()._save(partial, content)
            Path(self.path(partial)).replace(self.path(name))
        except BaseException:
            self.delete(partial)
            raise
        return name
