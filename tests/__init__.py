"""The story of the product, told by tests that mirror its folders."""
