"""Read page PDFs in a child process with limits."""
