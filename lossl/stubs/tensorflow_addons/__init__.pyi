"""tensorflow_addons: only its losses are said."""
