"""Points of a signature by genre, role and rank: the rate that says most counts."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from articles.models import PointRate, Rank
from articles.models.point_rate import ANY

PHOTO = "摄"
CENT = Decimal("0.01")


class Rates:
    """The rates of a sheet, looked up many times."""

    def __init__(self, rates: Iterable[PointRate]):
        self.rates = list(rates)
        self.find = cache(self._find)

    def points(self, genre: str, role: str, rank: int | None, *, signers: int) -> Decimal:
        """Return the points of one of the signers of a role; none where no rate fits."""
        rate = self.find(genre, role, rank or Rank.STANDARD)
        if rate is None:
            return Decimal(0)
        points = rate.points / signers if rate.is_shared else rate.points
        return points.quantize(CENT, ROUND_HALF_UP)

    def _find(self, genre: str, role: str, rank: int) -> PointRate | None:
        roles = (PHOTO,) if role == PHOTO else ("", role)
        fitting = [
            rate
            for rate in self.rates
            if rate.genre in ("", genre) and rate.role in roles and rate.rank in (ANY, rank)
        ]
        return max(fitting, key=_precision, default=None)


def _precision(rate: PointRate) -> tuple[int, bool, bool]:
    said = (bool(rate.genre), bool(rate.role), rate.rank != ANY)
    return sum(said), said[0], said[1]
