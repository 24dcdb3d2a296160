"""What is counted of log-ins."""
