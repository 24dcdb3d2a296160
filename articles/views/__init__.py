"""The reader's site: one file per kind of page."""
