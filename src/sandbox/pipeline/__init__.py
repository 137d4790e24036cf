"""One trial, stage by stage."""
