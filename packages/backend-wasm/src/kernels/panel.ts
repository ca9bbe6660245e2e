/** Channels of a last panel where `columns` would be more than half empty. */
export const NARROW = 8;
