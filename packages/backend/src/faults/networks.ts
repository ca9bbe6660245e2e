/**
 * Small, and odd wherever it can be: 37, 19, 10, 5, 3 and 2 pixels wide, channels that fill no tile, padding on both
 * sides in some layers and on one side in others.
 */
export const ODD = "mobilenet_v1_0.29_37";
/** Planes that take several bands. */
export const LARGE = "mobilenet_v1_0.29_97_shallow";
/** Full convolutions, whose depth takes several passes. */
export const FULL = "mobilenet_v1_0.29_37_conv_shallow";
/** Fewer layers, where each costs the compilation of a shader. */
export const SHALLOW = "mobilenet_v1_0.29_37_shallow";
/** What others train: plain ReLU and symmetric padding, here also where SAME would pad on one side alone. */
export const RELU = "mobilenet_v1_0.29_44_shallow_relu_symmetric";
