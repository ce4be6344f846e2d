"""`keras.layers`: Keras 3.15.1, with the submodules that Keras 2 had under other names."""

from lossl.stubs.vocabulary import *

import keras.layers.activation as advanced_activations
import keras.layers.convolutional as local
import keras.layers.core as embeddings
import keras.layers.core as noise
import keras.layers.merge as merging
import keras.layers.recurrent as convolutional_recurrent
import keras.layers.recurrent as cudnn_recurrent

from keras.layers.layer import InputSpec, Layer
from keras.layers.core import (
    Input, InputLayer, Dense, EinsumDense, Embedding, ReversibleEmbedding, Activation, Lambda, Identity,
    ActivityRegularization, Masking, Dropout, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D, AlphaDropout,
    GaussianDropout, GaussianNoise, Flatten, Permute, RepeatVector, Reshape, MaxoutDense,
)
from keras.layers.activation import Softmax, ReLU, LeakyReLU, PReLU, ELU, ThresholdedReLU
from keras.layers.convolutional import (
    Conv1D, Conv2D, Conv3D, Conv1DTranspose, Conv2DTranspose, Conv3DTranspose, SeparableConv1D, SeparableConv2D,
    DepthwiseConv1D, DepthwiseConv2D, LocallyConnected1D, LocallyConnected2D, UpSampling1D, UpSampling2D, UpSampling3D,
    ZeroPadding1D, ZeroPadding2D, ZeroPadding3D, Cropping1D, Cropping2D, Cropping3D, Convolution1D, Convolution2D,
    Convolution3D, Convolution1DTranspose, Convolution2DTranspose, Convolution3DTranspose, SeparableConvolution1D,
    SeparableConvolution2D, Deconvolution2D, Deconv2D, Deconvolution3D, Deconv3D, AtrousConvolution1D,
    AtrousConvolution2D,
)
from keras.layers.pooling import (
    MaxPooling1D, MaxPooling2D, MaxPooling3D, AveragePooling1D, AveragePooling2D, AveragePooling3D, GlobalMaxPooling1D,
    GlobalMaxPooling2D, GlobalMaxPooling3D, GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D,
    AdaptiveMaxPooling1D, AdaptiveMaxPooling2D, AdaptiveMaxPooling3D, AdaptiveAveragePooling1D,
    AdaptiveAveragePooling2D, AdaptiveAveragePooling3D, MaxPool1D, MaxPool2D, MaxPool3D, AvgPool1D, AvgPool2D,
    AvgPool3D, GlobalMaxPool1D, GlobalMaxPool2D, GlobalMaxPool3D, GlobalAvgPool1D, GlobalAvgPool2D, GlobalAvgPool3D,
)
from keras.layers.recurrent import (
    RNN, LSTM, GRU, SimpleRNN, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, CuDNNLSTM, CuDNNGRU, LSTMCell, GRUCell,
    SimpleRNNCell, StackedRNNCells,
)
from keras.layers.wrappers import Wrapper, TimeDistributed, Bidirectional, SpectralNormalization
from keras.layers.normalization import (
    BatchNormalization, LayerNormalization, GroupNormalization, RMSNormalization, UnitNormalization,
)
from keras.layers.attention import Attention, AdditiveAttention, MultiHeadAttention, GroupQueryAttention
from keras.layers.merge import (
    Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate, Dot, add, subtract, multiply, average, maximum,
    minimum, concatenate, dot, merge, Merge,
)
from keras.layers.preprocessing import (
    AugMix, AutoContrast, CategoryEncoding, CenterCrop, ContrastLimitedAdaptiveHistogramEqualization, CutMix,
    Discretization, Equalization, HashedCrossing, Hashing, IntegerLookup, MaxNumBoundingBoxes, MelSpectrogram, MixUp,
    Normalization, Pipeline, RandAugment, RandomBrightness, RandomColorDegeneration, RandomColorJitter, RandomContrast,
    RandomCrop, RandomElasticTransform, RandomErasing, RandomFlip, RandomGaussianBlur, RandomGrayscale, RandomHeight,
    RandomHue, RandomInvert, RandomPerspective, RandomPosterization, RandomRotation, RandomSaturation, RandomSharpness,
    RandomShear, RandomTranslation, RandomWidth, RandomZoom, Rescaling, Resizing, STFTSpectrogram, Solarization,
    StringLookup, TextVectorization,
)

def deserialize(config, custom_objects=None) -> Anything: ...
def serialize(layer) -> Anything: ...
