"""What happened, entered once and chained."""
