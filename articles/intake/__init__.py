"""Intake: from the text of a printed page to articles, without losing a character."""
