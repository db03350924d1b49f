"""How fast the house is: a large and a small agency, measured in one run beside a bare page."""
