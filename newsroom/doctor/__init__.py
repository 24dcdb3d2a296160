"""What is wrong with an installation, in plain words, and what to do: `manage.py doctor`."""
