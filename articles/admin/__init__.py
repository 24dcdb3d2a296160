"""The desk: one file per screen. Each registers itself when the desk starts (`apps.py`)."""
