"""Keras's own MobileNet with random weights that behave like trained ones, and a picture for it."""

import numpy as np


def picture(resolution: int, rng: np.random.Generator) -> np.ndarray:
    """Smooth noise [1, resolution, resolution, 3] in [-1, 1]: in a photograph, too, near pixels resemble each other."""
    coarse = rng.uniform(-1, 1, (9, 9, 3))
    at = np.linspace(0, 8, resolution)
    low = np.minimum(at.astype(int), 7)
    part = (at - low)[:, None, None]
    rows = coarse[low] * (1 - part) + coarse[low + 1] * part
    part = (at - low)[None, :, None]
    smooth = rows[:, low] * (1 - part) + rows[:, low + 1] * part
    noise = rng.uniform(-0.25, 0.25, smooth.shape)
    return np.clip(smooth + noise, -1, 1).astype(np.float32)[None]


def randomize(model, rng: np.random.Generator) -> None:
    """
    Gives every weight of a chain of layers a new value. Batch-norm statistics are measured on pictures that are sent
    through layer by layer, so that activations neither die nor saturate.
    """
    _, resolution, _, _ = model.input_shape
    x = np.concatenate([picture(resolution, rng) for _ in range(2)])
    for layer in model.layers[1:]:
        if layer.__class__.__name__ == "BatchNormalization":
            layer.set_weights(_batch_norm(np.asarray(x, np.float64), rng))
        elif layer.weights:
            layer.set_weights([_kernel_or_bias(weight.shape, layer, rng) for weight in layer.weights])
        x = np.asarray(layer(x))


def _batch_norm(x: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """gamma, beta, moving mean, moving variance"""
    channels = x.shape[-1]
    gamma = rng.uniform(1, 2.5, channels)
    beta = rng.uniform(-0.5, 1.5, channels)
    mean = x.mean((0, 1, 2))
    variance = x.var((0, 1, 2))
    # The deepest planes have few pixels to measure on.
    variance = (variance + variance.mean()) / 2
    return [statistic.astype(np.float32) for statistic in (gamma, beta, mean, variance)]


def _kernel_or_bias(shape, layer, rng: np.random.Generator) -> np.ndarray:
    if len(shape) == 1:
        return rng.uniform(-0.1, 0.1, shape).astype(np.float32)
    depthwise = layer.__class__.__name__ == "DepthwiseConv2D"
    fan_in = shape[0] * shape[1] * (1 if depthwise else shape[2])
    limit = (6 / fan_in) ** 0.5
    return rng.uniform(-limit, limit, tuple(shape)).astype(np.float32)
