"""The admin of photos."""
