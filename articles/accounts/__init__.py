"""Accounts of members: who leaves and comes back, how often a log-in is tried."""

from .membership import come_back, end_sessions, leave

__all__ = ["come_back", "end_sessions", "leave"]
