export interface BaseName {
  /** Lower case, without folders. */
  name: string;
  /** Lower case, without the dot; "" for a name without one. */
  extension: string;
}

/** Last part of a path, with either kind of slash. */
export function baseName(path: string): BaseName {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return { name, extension: dot === -1 ? '' : name.slice(dot + 1) };
}
