"""Saving articles: conflicts, autosave, placement on pages."""
