"""einops.layers: only those of torch are said."""
