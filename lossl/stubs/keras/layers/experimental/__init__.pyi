"""`keras.layers.experimental` of Keras 2: its layers, and its preprocessing, have moved to `keras.layers`."""

import keras.layers.preprocessing as preprocessing

from keras.layers.core import EinsumDense as EinsumDense
from keras.layers.preprocessing import Normalization as Normalization
from keras.layers.preprocessing import RandomFlip as RandomFlip
