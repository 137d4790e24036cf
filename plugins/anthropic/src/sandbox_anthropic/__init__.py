"""A `sandbox` plugin: Claude, the models of Anthropic."""
