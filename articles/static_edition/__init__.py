"""静态版: what readers see, as files with the same addresses. See README.md."""
