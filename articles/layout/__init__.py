"""How a page is composed for readers: ranked articles, rows, cards."""
