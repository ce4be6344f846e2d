"""sklearn: only its metrics are said."""
