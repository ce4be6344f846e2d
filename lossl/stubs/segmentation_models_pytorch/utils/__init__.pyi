"""segmentation_models_pytorch.utils: only its losses are said."""
