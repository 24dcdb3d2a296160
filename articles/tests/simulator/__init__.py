"""The paper driven at random by one seed, with faults, beside a model of what must hold."""
