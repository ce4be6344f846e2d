"""monai.data: batches taken apart. Parameters as in monai 1.6.1."""

from lossl.stubs.vocabulary import *

def decollate_batch(batch: Keeps, detach=True, pad=True, fill_value=None) -> list[Reshapes]: ...
