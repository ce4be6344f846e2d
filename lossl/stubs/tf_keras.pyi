"""`tf_keras`: Keras 2 as a package of its own; the stubs of `keras` hold for it."""

import keras.activations as activations
import keras.applications as applications
import keras.backend as backend
import keras.callbacks as callbacks
import keras.constraints as constraints
import keras.datasets as datasets
import keras.initializers as initializers
import keras.layers as layers
import keras.losses as losses
import keras.metrics as metrics
import keras.mixed_precision as mixed_precision
import keras.models as models
import keras.optimizers as optimizers
import keras.preprocessing as preprocessing
import keras.regularizers as regularizers
import keras.saving as saving
import keras.utils as utils

from keras import Input, Model, Sequential
