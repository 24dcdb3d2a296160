"""Read saved pages of an earlier 数字报 into the lines of an archive. No Django here."""
