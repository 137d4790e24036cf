"""In which order trials are made."""
