"""What a page costs: `make bench` measures it beside a constant answer of the same bytes."""
