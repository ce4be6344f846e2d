"""fvcore: only its losses are said."""
