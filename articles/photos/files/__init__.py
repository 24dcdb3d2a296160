"""Image files: headers, validation, processing. No Django here."""
