"""What the doctor finds. No Django."""

from dataclasses import asdict, dataclass

OK, WARNING, ERROR = "ok", "warning", "error"
LEVELS = (OK, WARNING, ERROR)


@dataclass(frozen=True)
class Diagnosis:
    """One thing that was looked at: how it is, and what to do about it."""

    level: str
    subject: str
    words: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it for JSON."""
        return asdict(self)


def worst(diagnoses: list[Diagnosis]) -> str:
    """Return the worst level among diagnoses."""
    return max((each.level for each in diagnoses), key=LEVELS.index, default=OK)
