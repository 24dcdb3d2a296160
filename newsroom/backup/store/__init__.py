"""Backups in object storage: their place, how one is written, fetched, verified."""
