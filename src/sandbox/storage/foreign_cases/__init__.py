"""Cases as other tools keep them: promptfoo's tests and Inspect's datasets."""
