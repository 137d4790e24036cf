"""A `sandbox` plugin: model servers of one's own, asked with little work for each question."""
