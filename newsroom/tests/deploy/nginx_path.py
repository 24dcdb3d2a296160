"""Where nginx is. No Django: it is asked before anything is set up."""

import os
import shutil
from pathlib import Path

MODULES = Path("/etc/nginx/modules-enabled")


def nginx_path() -> str | None:
    """Return where nginx is, with the module for files that are there in Brotli; else None."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    has_brotli = any(MODULES.glob("*brotli-static*"))
    return found if has_brotli else None
