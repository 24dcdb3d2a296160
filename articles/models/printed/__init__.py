"""The printed page: its picture and PDF, and the zones on them."""
