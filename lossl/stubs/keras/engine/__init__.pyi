"""`keras.engine` of Keras 2.3.1, whose modules lead to where these things are today."""

import keras.engine as topology
import keras.layers.core as input_layer
import keras.layers.layer as base_layer
import keras.models as functional
import keras.models as network
import keras.models as sequential
import keras.models as training

from keras.layers.core import Input, InputLayer
from keras.layers.layer import InputSpec, Layer
from keras.models import Model, Sequential
