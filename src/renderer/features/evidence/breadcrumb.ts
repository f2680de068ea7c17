/** A path inside its source as folders and a name; many folders are cut in their middle. */
export function breadcrumb(relativePath: string): { folders: string[]; name: string } {
  const parts = relativePath.split(/[/\\]/);
  const name = parts.pop() ?? relativePath;
  const folders = parts.length > 4 ? [...parts.slice(0, 1), '…', ...parts.slice(-2)] : parts;
  return { folders, name };
}
