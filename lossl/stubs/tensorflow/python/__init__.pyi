"""`tensorflow.python`: the private path to Keras that programs take nevertheless."""

import keras as keras
