"""The words of articles, without Django: copy, HTML, sanitizer, diff, merge, excerpts."""
