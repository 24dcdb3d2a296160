"""Readers' pages of one article."""
