"""Two application servers and all that they share, killed in turn under editors and readers."""
