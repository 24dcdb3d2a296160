"""The admin of issues: form, board, release, preview links."""
