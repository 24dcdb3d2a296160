"""Readers' pages of an issue: front page, single pages, overview."""
