"""Drafts: an article as a new draft, and the bin (废稿) of those that nobody wants."""
