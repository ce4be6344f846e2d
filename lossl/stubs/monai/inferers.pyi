"""monai.inferers: a network is called for parts of an image, and what it puts out is averaged where they overlap.

Parameters as in monai 1.6.1.
"""

from lossl.stubs.vocabulary import *

def sliding_window_inference(
    inputs: Tensor, roi_size, sw_batch_size, predictor, overlap=0.25, mode=..., sigma_scale=0.125, padding_mode=...,
    cval=0.0, sw_device=None, device=None, progress=False, roi_weight_map=None, process_fn=None, buffer_steps=None,
    buffer_dim=-1, with_coord=False, *args, **kwargs
) -> Anything: ...
