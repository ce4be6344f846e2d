"""torch.utils: its modules are data, checkpoint and tensorboard."""
