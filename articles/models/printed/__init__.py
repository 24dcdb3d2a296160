"""What the site keeps beside the paper: search entries, counters of changes, old addresses."""
