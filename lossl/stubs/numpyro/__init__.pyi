"""numpyro: only its distributions over classes are said."""
