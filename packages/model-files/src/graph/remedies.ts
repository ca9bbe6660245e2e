/** What helps where a network is refused: sentences without their full stops. */
export const REMEDIES = {
  layers:
    "Import a float32 MobileNet V1: mnb spec lists its layers, each convolution with ReLU6, or each with ReLU",
  broken: "The file is broken: export the network again",
  images: "Export the network for RGB images, [n, 3, height, width] or [n, height, width, 3]",
  padding:
    "It computes another network, with its windows elsewhere: train it with TensorFlow's SAME padding in all layers, or with a pixel on every side in all of them, as PyTorch's padding=1",
  rectifiers:
    "Some of its layers have ReLU6 and others ReLU: train the network with one of the two in all layers",
  noActivation:
    "Networks with linear layers between the others, such as MobileNet V2, cannot be read: import a MobileNet V1",
  pool: "Export the network with a global average pool, such as nn.AdaptiveAvgPool2d(1), behind its last convolution",
  backbone:
    "It is a backbone without classifier: export the network with its own (include_top=True in Keras), or add a dense layer to the classes and train that",
  head: "Heads of one global average pool, one dense layer or 1×1 convolution and one softmax or sigmoid are read: export the network with such a head",
  flatten:
    "Export the network with flatten(1), or squeezes of height and width alone, in front of the classifier",
  end: "Export the network up to its logits, or up to one softmax or sigmoid",
} as const;
