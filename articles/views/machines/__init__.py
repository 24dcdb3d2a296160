"""Readers' addresses that are asked for by programs: feeds, JSON, sitemaps, oEmbed, llms.txt."""
