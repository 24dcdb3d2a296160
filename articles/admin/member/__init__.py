"""The admin of members and of their roles; the password of one's own."""
