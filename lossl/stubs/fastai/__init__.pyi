"""fastai: learners, losses and metrics."""
