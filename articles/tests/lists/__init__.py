"""The entries of lists and their counts."""
