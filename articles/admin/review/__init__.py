"""The admin of reviews: the journal of all moves, the review sheet of one article."""
