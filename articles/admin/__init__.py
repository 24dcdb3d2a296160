"""The desk: one file per screen."""
