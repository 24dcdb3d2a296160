"""审读: a reviewer reads one article after the other."""
