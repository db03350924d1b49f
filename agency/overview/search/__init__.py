"""Finding anything one may see, and doing things by typing them: the search page and the palette."""
