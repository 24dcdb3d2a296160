"""Back issues: storing what an archive holds, and writing an archive of what is stored."""
