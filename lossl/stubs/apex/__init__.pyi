"""apex: its modules are amp and parallel, which were removed in 2025, normalization and optimizers."""


