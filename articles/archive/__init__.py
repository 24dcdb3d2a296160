"""Import and export of back issues as archives in JSON Lines."""
