"""繁體: readers' pages in traditional characters. What is stored stays as printed."""
