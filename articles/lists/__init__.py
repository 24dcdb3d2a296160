"""The entries that the lists of readers are read from, and their counts by year. See README.md."""
