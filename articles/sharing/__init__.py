"""What leaves the site: share cards, citations."""
