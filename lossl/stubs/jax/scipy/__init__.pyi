"""jax.scipy: only `special` is said."""
