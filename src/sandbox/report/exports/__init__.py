"""The trials of an evaluation as files for other tools: Inspect logs, Parquet, CSV, JSON lines."""
