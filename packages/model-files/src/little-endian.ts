/** Every format here stores numbers little-endian, as nearly every machine does. */
const IS_NATIVE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** The bytes of a file; on most machines a view of the values. */
export function toLittleEndian(values: Float32Array): Uint8Array {
  if (IS_NATIVE) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, index) => view.setFloat32(index * BYTES, value, true));
  return new Uint8Array(view.buffer);
}

/** A copy of the values, at any alignment; a multiple of four bytes. */
export function fromLittleEndian(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.byteLength / BYTES);
  if (IS_NATIVE) {
    new Uint8Array(values.buffer).set(bytes);
    return values;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return values.map((_, index) => view.getFloat32(index * BYTES, true));
}
