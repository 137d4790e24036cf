"""What is asked of a provider, and the server that stands in for its service."""
