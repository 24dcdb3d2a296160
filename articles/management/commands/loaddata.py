"""loaddata, with the files that the rows name."""

import json
import os
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db.models import FileField


class Command(loaddata.Command):
    """Loads fixtures; first brings the files in the `media` folder beside them into the storage.

    All files are looked for before anything changes. A file that is there with the same bytes
    is left alone, so that loading twice changes nothing.
    """

    def loaddata(self, fixture_labels):
        self.serialization_formats = serializers.get_public_serializer_formats()
        wanted = [file for label in fixture_labels for file in self.files(label)]
        brought = [file for file, source in wanted if source and bring(file, source)]
        try:
            super().loaddata(fixture_labels)
        except BaseException:
            for file in brought:
                file.delete(save=False)
            raise

    def files(self, label: str) -> list:
        """Return the files that a fixture's rows name: (the field's file, the source or None)."""
        return [
            (file, source_of(file, Path(folder or ".") / "media"))
            for path, folder, _name in self.find_fixtures(label)
            if str(path).endswith(".json")
            for file in files_named(json.loads(Path(path).read_text(encoding="utf-8")))
        ]


def files_named(rows: list[dict]):
    """Go through the files that rows name, each bound to an unsaved row."""
    for row in rows:
        model = apps.get_model(row["model"])
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and row["fields"].get(field.name):
                yield field.attr_class(model(), field, row["fields"][field.name])


def source_of(file, media: Path) -> Path | None:
    """Return the fixture's own copy of a file, or None where the storage alone has it.

    Raises CommandError for a name outside the media folder and for a file that is nowhere.
    """
    try:
        validate_file_name(file.name, allow_relative_path=True)
    except SuspiciousFileOperation as error:
        raise CommandError(f"{file.name!r} is not a file inside {media}.") from error
    source = media / file.name
    if not source.resolve().is_relative_to(media.resolve()):
        raise CommandError(f"{file.name!r} is not a file inside {media}.")
    if source.is_file():
        return source
    if file.storage.exists(file.name):
        return None
    raise CommandError(f"The fixture names {file.name!r}, which is not in {media}.")


def bring(file, source: Path) -> bool:
    """Put a file into the storage in one step; return whether there was none of its name."""
    data, target = source.read_bytes(), Path(file.storage.path(file.name))
    is_new = not target.is_file()
    if not is_new:
        if target.read_bytes() == data:
            return False
        file.delete(save=False)  # with the renditions that were made of it
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(target)
    return is_new
