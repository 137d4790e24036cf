"""The nouns: frozen values that know nothing of where they come from or where they go."""
