"""What checks read in a text: words, numbers, equations, quotes, difficulty."""
