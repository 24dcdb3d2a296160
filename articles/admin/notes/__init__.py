"""批注: notes on an article, in its form and on a page of their own."""
