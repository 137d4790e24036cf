"""A `sandbox` plugin: language models that llama.cpp runs inside this process."""
