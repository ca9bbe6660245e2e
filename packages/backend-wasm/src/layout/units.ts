/** Bytes of a float32 and of a vector of four. */
export const F32 = 4;
export const V128 = 16;
/** Float32 lanes of a vector. */
export const LANES = 4;
/** Bytes of a cache line. */
export const LINE = 64;
