"""Photos: validation of uploads, renditions."""
