"""Learning the weights of the intake from a paper's own archive."""
