"""tensorflow_probability: only its distributions over classes are said."""
