/** What a pack tells of itself where it is unpacked. */
export interface Facts {
  /** Of the source; null where it was no git checkout. */
  readonly commit: string | null;
  readonly dirty: boolean | null;
  /** Version of the Node inside. */
  readonly node: string;
  readonly platform: string;
  readonly backends: readonly string[];
}
