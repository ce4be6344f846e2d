"""torch.nn.modules.rnn: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import RNN as RNN
from torch.nn import LSTM as LSTM
from torch.nn import GRU as GRU
from torch.nn import RNNCell as RNNCell
from torch.nn import LSTMCell as LSTMCell
from torch.nn import GRUCell as GRUCell
