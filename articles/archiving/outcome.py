"""What came of storing one issue of an archive."""

from dataclasses import dataclass, field

from articles.archived.clippings import Key


@dataclass(slots=True)
class Filed:
    """What came of one issue of an archive; `left` and `held_back` are for people to look at."""

    key: Key
    is_new: bool = False
    created: int = 0
    updated: int = 0
    filled: int = 0
    is_released: bool = False
    held_back: str = ""
    left: list[str] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        """Whether everything was there already."""
        return not (self.is_new or self.created or self.updated or self.filled)
