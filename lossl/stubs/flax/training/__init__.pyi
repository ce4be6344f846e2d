"""flax.training: its modules are train_state, checkpoints and common_utils."""
