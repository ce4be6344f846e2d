"""`keras.saving`: Keras 3.15.1. Thin."""

from lossl.stubs.vocabulary import *

from keras.models import load_model, save_model
from keras.utils import CustomObjectScope, custom_object_scope, get_custom_objects, register_keras_serializable
