"""What every test of the paper stands on."""

import pytest
from django.conf import settings as project
from django.core.management import call_command


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep uploads and the cache of a test to itself."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def static_files():
    """Collect static files once, so that pages carry the names that readers get."""
    if not (project.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
