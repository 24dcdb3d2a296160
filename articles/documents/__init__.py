"""Documents: Word, WPS, HTML and text files → drafts with their pictures."""
