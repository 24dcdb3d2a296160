"""The admin of articles: form, conflicts, autosave, workflow, history."""
