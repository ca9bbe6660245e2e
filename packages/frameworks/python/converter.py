"""
The converter of TensorFlow.js. It imports packages for models of other kinds (JAX, TensorFlow Hub, Decision Forests),
which are larger than all else together; empty modules stand in for them.
"""

import sys
import types

for _name in ("jax", "jax.experimental", "jax.experimental.jax2tf", "tensorflow_decision_forests", "tensorflow_hub"):
    sys.modules.setdefault(_name, types.ModuleType(_name))
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]

from tensorflowjs.converters import (  # noqa: E402, F401
    convert_tf_saved_model,
    load_keras_model,
    save_keras_model,
)
from tensorflowjs.converters.converter import (  # noqa: E402, F401
    dispatch_keras_h5_to_tfjs_layers_model_conversion as convert_h5,
    dispatch_keras_keras_to_tfjs_layers_model_conversion as convert_keras,
)
