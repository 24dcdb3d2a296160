"""The result of importing one issue of an archive."""

from dataclasses import dataclass, field

from articles.archive.format.records import Key


@dataclass(slots=True)
class ImportResult:
    """Counts of what was imported, and what an operator should look at.

    `cleaned` says which invisible characters were taken out, `skipped` what was not changed and
    why, `release_refusal` why it was not released.
    """

    key: Key
    is_new: bool = False
    created: int = 0
    updated: int = 0
    filled: int = 0
    is_released: bool = False
    release_refusal: str = ""
    cleaned: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        """Whether everything was stored already."""
        return not (self.is_new or self.created or self.updated or self.filled)
