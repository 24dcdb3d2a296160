"""The search of readers and of the desk. README.md says how its index is kept."""
