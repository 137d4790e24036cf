"""A `sandbox` plugin: the models of Google's Gemini service."""
