"""Backups of database and files as BagIt bags: written, verified, restored, tried."""
