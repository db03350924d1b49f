"""The project page: the line, the next step, and what stands around them."""
