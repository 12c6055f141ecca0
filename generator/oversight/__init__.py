"""What only staff see: books against banks with the bank's words, and what takes several villages to find."""
