"""fastai.tabular: see `fastai.tabular.all`."""
