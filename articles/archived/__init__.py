"""The paper as an archive holds it: JSON Lines, a printed article a line. No Django here."""
