"""Django's loaddata, with the media files of the fixtures."""

import json
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.utils import validate_file_name
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db.models import FileField

from articles import publication
from articles.lists.entries import follow, follow_names
from articles.models import Article
from articles.search import entries

ARTICLE, CONTRIBUTOR = "articles.article", "articles.contributor"


class Command(loaddata.Command):
    """Loads fixtures; first copies the files in the `media` folder beside them to the storage.

    All files are found before anything changes. A file that is stored with the same bytes is
    skipped, so that loading twice changes nothing. Its articles are indexed for the search.
    """

    def loaddata(self, fixture_labels):
        self.serialization_formats = serializers.get_public_serializer_formats()
        files = [file for label in fixture_labels for file in self.files(label)]
        copied = [file for file, source in files if source and copy_file(file, source)]
        try:
            super().loaddata(fixture_labels)
        except BaseException:
            for file in copied:
                file.delete(save=False)
            raise
        publication.everything_changed()
        rows = [row for label in fixture_labels for row in self.rows(label)]
        uids = [row["fields"]["uid"] for row in rows if row["model"] == ARTICLE]
        ids = list(Article.objects.filter(uid__in=uids).values_list("pk", flat=True))
        entries.index_articles(ids)
        follow_names({row["fields"]["name"] for row in rows if row["model"] == CONTRIBUTOR})
        follow(ids)

    def files(self, label: str) -> list:
        """Return the files in the rows of a fixture, each with its source or None."""
        return [
            (file, source_of(file, Path(folder or ".") / "media"))
            for path, folder in self.paths(label)
            for file in files_of(json.loads(path.read_text(encoding="utf-8")))
        ]

    def paths(self, label: str) -> list[tuple[Path, str | None]]:
        """Return the JSON files of a fixture, each with its folder."""
        found = self.find_fixtures(label)
        return [(Path(path), folder) for path, folder, _ in found if str(path).endswith(".json")]

    def rows(self, label: str) -> list[dict]:
        """Return the rows of a fixture."""
        texts = [path.read_text(encoding="utf-8") for path, _ in self.paths(label)]
        return [row for text in texts for row in json.loads(text)]


def files_of(rows: list[dict]):
    """Iterate over the files in rows, each bound to an unsaved row."""
    for row in rows:
        model = apps.get_model(row["model"])
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and row["fields"].get(field.name):
                yield field.attr_class(model(), field, row["fields"][field.name])


def source_of(file, media: Path) -> Path | None:
    """Return the path of a file in the media folder, or None where only the storage has it.

    Raises CommandError for a name outside the media folder and for a missing file.
    """
    source = media / file.name
    try:
        validate_file_name(file.name, allow_relative_path=True)
        source.resolve().relative_to(media.resolve())
    except (SuspiciousFileOperation, ValueError) as error:
        raise CommandError(f"{file.name!r} is not a file inside {media}.") from error
    if source.is_file():
        return source
    if file.storage.exists(file.name):
        return None
    raise CommandError(f"The fixture names {file.name!r}, which is not in {media}.")


def copy_file(file, source: Path) -> bool:
    """Copy a file to the storage atomically; return whether it is new."""
    data, name, storage = source.read_bytes(), file.name, file.storage
    is_new = not storage.exists(name)
    if not is_new:
        with storage.open(name) as stored:
            if stored.read() == data:
                return False
        file.delete(save=False)  # with its renditions
    storage.replace(name, ContentFile(data))
    return is_new
