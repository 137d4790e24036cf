"""Many trials: suites, scores, verdicts."""
