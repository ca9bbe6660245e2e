"""
Looks at models that we have written with the eyes of others.

    python check_exports.py FOLDER …

For each `NAME.onnx` in a folder: ONNX's own checker and its inference of shapes accept it, and its reference
evaluator computes `NAME.f32` of `input.f32`. For each folder `NAME`: the converter of TensorFlow.js loads it into
Keras 2, which computes `NAME.f32`.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import onnx  # noqa: E402
from onnx.reference import ReferenceEvaluator  # noqa: E402

import converter  # noqa: E402


def by_onnx(path: str, image: np.ndarray) -> np.ndarray:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    known = {value.name for value in [*inferred.graph.value_info, *inferred.graph.output]}
    unknown = [output for node in inferred.graph.node for output in node.output if output not in known]
    assert not unknown, f"no shape is inferred for {unknown}"
    (result,) = ReferenceEvaluator(inferred).run(None, {inferred.graph.input[0].name: image})
    return result


def by_keras(path: str, image: np.ndarray) -> np.ndarray:
    return np.asarray(converter.load_keras_model(os.path.join(path, "model.json"))(image, training=False))


def check(folder: str) -> None:
    image = np.fromfile(os.path.join(folder, "input.f32"), np.float32)
    side = round((image.size / 3) ** 0.5)
    image = image.reshape(1, side, side, 3)
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if entry.endswith(".onnx"):
            by_onnx(path, image).astype(np.float32).tofile(path.removesuffix(".onnx") + ".f32")
        elif os.path.isdir(path):
            by_keras(path, image).astype(np.float32).tofile(path + ".f32")


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        check(folder)
