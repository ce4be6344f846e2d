"""`keras.datasets`: Keras 3.15.1. Every data set has `load_data`, of whose arrays nothing is said."""

from lossl.stubs.vocabulary import *

import keras.datasets as boston_housing
import keras.datasets as california_housing
import keras.datasets as cifar10
import keras.datasets as cifar100
import keras.datasets as fashion_mnist
import keras.datasets as imdb
import keras.datasets as mnist
import keras.datasets as reuters

def load_data(*args, **kwargs) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]: ...
def get_word_index(path="imdb_word_index.json") -> Anything: ...
