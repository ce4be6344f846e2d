"""monai: its losses and some of its networks are said."""
