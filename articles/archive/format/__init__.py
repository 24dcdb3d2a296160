"""The format of an archive: JSON Lines, a printed article a line. No Django here."""
