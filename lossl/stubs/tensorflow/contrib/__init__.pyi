"""`tf.contrib` of TensorFlow 1.15, as far as layers and losses go. `slim` is `layers` with a scope for defaults."""

import keras as keras
import tensorflow.contrib.layers as slim
