/** A backend that cells can name: one of this program, or a module from outside. */
export interface NamedBackend {
  readonly id: string;
  /** Pages of one family share a browser. */
  readonly family: string;
  readonly gpu: boolean;
  /** The URL of the module that exports it, where it is from outside. */
  readonly module?: string;
}

/** A backend of which nothing is known but where it comes from. */
export function fromOutside(id: string, module: string): NamedBackend {
  return { id, family: id, gpu: false, module };
}
