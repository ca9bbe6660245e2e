/** What makes an ONNX file of a network in PyTorch. */
export const TORCH_EXPORT = 'torch.onnx.export(network.eval(), torch.zeros(1, 3, 224, 224), "model.onnx")';
