"""Lay out what is printed on a page as the blocks of a parsed page. No Django."""
