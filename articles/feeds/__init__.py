"""What machines are given of the published paper: feeds, ninjs, the archive's line, sitemaps."""
