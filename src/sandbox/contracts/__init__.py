"""What a plugin may bring, and how it is brought in."""
