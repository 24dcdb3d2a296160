"""From the raw text of a printed page to parsed articles. No Django here."""
