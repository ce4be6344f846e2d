"""`tf.compat`: v2 is TensorFlow itself."""

import tensorflow as v2
