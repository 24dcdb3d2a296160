"""Rows of twelve columns, computed from numbers alone. No Django here."""
