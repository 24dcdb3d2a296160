"""What a picture file says of itself: proposals for the facts of a photo, marks of generation."""
