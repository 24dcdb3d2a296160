"""What leaves the site: share cards, citations, copies for WeChat."""
