"""The log: errors, slow requests and refusals in one line each, without secrets."""
