"""Labels of lines (headline, copy, …), by rules and a conditional random field."""
