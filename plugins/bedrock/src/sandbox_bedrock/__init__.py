"""A `sandbox` plugin: the language models of Amazon Bedrock."""
