"""The screen of the zones (热区) on the picture of a page."""
