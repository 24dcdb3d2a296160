"""三审: moves, permissions, transitions, preflight, release."""

from .moves import LABELS, LIVE, MOVES, REVIEWING, MoveRefusedError
from .transitions import available_moves, is_public, move

__all__ = [
    "LABELS",
    "LIVE",
    "MOVES",
    "REVIEWING",
    "MoveRefusedError",
    "available_moves",
    "is_public",
    "move",
]
