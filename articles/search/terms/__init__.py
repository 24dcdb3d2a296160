"""What is searched and what is searched for, as normalised text. No Django here."""
