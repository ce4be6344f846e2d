"""kornia: only its losses of classes are said."""
