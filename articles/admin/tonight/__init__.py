"""今晚: the home of the desk, and the list of who did what."""
