"""Commands of the tools."""
