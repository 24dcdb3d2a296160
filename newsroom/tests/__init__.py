"""Tests of the building: settings, doors, headers. `python -m newsroom.tests` runs all tests."""
