"""fastai.text: see `fastai.text.all`."""
