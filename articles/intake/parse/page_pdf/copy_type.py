"""The type of the copy of a page, compared with which a line is larger or bolder."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, median_low

from .lines import PrintedLine
from .types import Character

BOLD, UNSURE = 1.13, 0.2  # of the copy's ink; few letters vary more than many
FEW = 3  # letters, of which too few are known in the copy


@dataclass(frozen=True)
class Copy:
    """The type of the copy of a page: what most of it is set in.

    `inks` is how dark each of its characters is: a line is bold if the same characters are darker.
    """

    size: float
    ink: float
    colour: int
    inks: dict[str, float] = field(default_factory=dict)

    def boldness(self, line: PrintedLine) -> float:
        """Return how many times as dark a line is as the copy would be; 1 where nothing tells."""
        letters, known = self._letters(line)
        if known:
            return median(each.ink / self.inks[each.text] for each in known)
        return line.ink / self.ink if len(letters) > FEW and self.ink else 1.0

    def is_bold(self, line: PrintedLine) -> bool:
        """Tell whether a line of about the copy's size is darker than the copy."""
        letters, known = self._letters(line)
        least = BOLD + UNSURE / max(len(known or letters), 1) ** 0.5
        return len(letters) > 2 and line.colour == self.colour and self.boldness(line) > least

    def _letters(self, line: PrintedLine) -> tuple[list[Character], list[Character]]:
        """Return the letters of a line, and those of which the copy tells how dark they are."""
        letters = [each for each in line.characters if each.text.isalnum()]
        return letters, [each for each in letters if self.inks.get(each.text)]

    def is_copy(self, line: PrintedLine) -> bool:
        """Tell whether a line is set as the copy is."""
        return 0.96 < line.size / self.size < 1.04 and abs(self.boldness(line) - 1) < 0.15


def measure_copy(characters: Sequence[Character]) -> Copy:
    """Return the type of most characters."""
    (size, colour), _ = Counter((each.size, each.colour) for each in characters).most_common(1)[0]
    inks: dict[str, list[float]] = {}
    for each in characters:
        if each.size == size and each.text.isalnum():
            inks.setdefault(each.text, []).append(each.ink)
    every = [ink for found in inks.values() for ink in found]
    usual = {each: median_low(found) for each, found in inks.items() if len(found) > 1}
    return Copy(size, median(every) if every else 0.0, colour, usual)
