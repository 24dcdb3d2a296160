"""Readers' pages as they are kept, compressed, for all workers; README.md of newsroom tells how."""
