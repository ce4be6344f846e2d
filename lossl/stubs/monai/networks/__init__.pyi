"""monai.networks: only `nets` is said."""
