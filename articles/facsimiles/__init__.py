"""Facsimiles: the pictures and PDFs of printed pages, and the zones on them."""
