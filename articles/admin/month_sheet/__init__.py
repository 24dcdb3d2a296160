"""稿分 (the month sheet): what was published by whom in a month, with points; their rates."""
