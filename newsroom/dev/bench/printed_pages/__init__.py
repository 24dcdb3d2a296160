"""Print pages of known articles in random designs with Chromium, and score how they are read."""
