"""
Makes models for the tests of `mnb import`: Keras's own MobileNet, written by the tools that others use.

    python produce.py FOLDER '[{"name": …, "alpha": …, "resolution": …, "classes": …, "seed": …, "forms": […]}, …]'

Each gets a folder of its name, with
    input.f32     a picture [1, resolution, resolution, 3]
    logits.f32    what Keras computes of it
    weights.json  the SHA-256 of each weight's bytes, in the order of Keras, which is that of the network
and one entry for each of the forms, which FORMS lists.
"""

import functools
import hashlib
import json
import os
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import keras  # noqa: E402
import tf_keras  # noqa: E402
import tf2onnx  # noqa: E402

import converter  # noqa: E402
from mobilenet import picture, randomize  # noqa: E402

OPSET = 17


def keras2(net, to, scratch):
    """TensorFlow.js layers model of Keras 2, with softmax."""
    converter.save_keras_model(net.keras2, to)


def keras3(net, to, scratch):
    """TensorFlow.js layers model of Keras 3 through its own format."""
    with working_in(scratch):  # The converter unpacks where it stands.
        net.keras3.save("model.keras")
        converter.convert_keras("model.keras", to)


def keras3_h5(net, to, scratch):
    """TensorFlow.js layers model of Keras 3 through HDF5."""
    net.keras3.save(os.path.join(scratch, "model.h5"))
    converter.convert_h5(os.path.join(scratch, "model.h5"), to)


def graph(net, to, scratch):
    """TensorFlow.js graph model of Keras 3."""
    net.keras3.export(os.path.join(scratch, "saved"), verbose=False)
    converter.convert_tf_saved_model(os.path.join(scratch, "saved"), to)


def graph_keras2(net, to, scratch):
    """The same of Keras 2, with softmax: its batch norm is one operator, which the converter folds."""
    net.keras2.export(os.path.join(scratch, "saved"))
    converter.convert_tf_saved_model(os.path.join(scratch, "saved"), to)


def onnx(net, to, scratch):
    """By tf2onnx of Keras 3."""
    _to_onnx(net.keras3, to)


def onnx_keras2(net, to, scratch):
    """By tf2onnx of Keras 2, with softmax."""
    _to_onnx(net.keras2, to)


def _to_onnx(model, to):
    signature = [tf.TensorSpec(model.inputs[0].shape, tf.float32)]
    call = tf.function(lambda image: model(image, training=False), input_signature=signature)
    tf2onnx.convert.from_function(call, input_signature=signature, opset=OPSET, output_path=to)


FORMS = {form.__name__: form for form in (keras2, keras3, keras3_h5, graph, graph_keras2, onnx, onnx_keras2)}


class Network:
    """One network with one set of weights, as a model of Keras 3 without and of Keras 2 with the softmax."""

    def __init__(self, alpha: float, resolution: int, classes: int, rng: np.random.Generator):
        shape = (resolution, resolution, 3)
        self._options = {"alpha": alpha, "input_shape": shape, "weights": None, "classes": classes}
        self.keras3 = keras.applications.MobileNet(**self._options, classifier_activation=None)
        randomize(self.keras3, rng)

    @functools.cached_property
    def keras2(self):
        model = tf_keras.applications.MobileNet(**self._options)
        model.set_weights(self.keras3.get_weights())
        return model


def produce(folder: str, alpha: float, resolution: int, classes: int, seed: int, forms: list[str]) -> None:
    os.makedirs(folder)
    rng = np.random.default_rng(seed)
    network = Network(alpha, resolution, classes, rng)
    image = picture(resolution, rng)
    image.tofile(os.path.join(folder, "input.f32"))
    np.asarray(network.keras3(image, training=False)).tofile(os.path.join(folder, "logits.f32"))
    weights = [np.ascontiguousarray(weight) for weight in network.keras3.get_weights()]
    with open(os.path.join(folder, "weights.json"), "w") as file:
        json.dump([hashlib.sha256(weight.tobytes()).hexdigest() for weight in weights], file)
    for form in forms:
        with tempfile.TemporaryDirectory() as scratch:
            FORMS[form](network, os.path.join(folder, form), scratch)


class working_in:
    def __init__(self, folder: str):
        self.folder = folder

    def __enter__(self):
        self.before = os.getcwd()
        os.chdir(self.folder)

    def __exit__(self, *_):
        os.chdir(self.before)


if __name__ == "__main__":
    _, root, requests = sys.argv
    root = os.path.abspath(root)
    for request in json.loads(requests):
        name = request.pop("name")
        produce(os.path.join(root, name), **request)
