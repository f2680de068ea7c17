/** The system's name of an error, such as `ENOENT`. An `AbortError` has a code too, but a number. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A file system's refusal in words for the user. */
export function describe(error: unknown, what: 'file' | 'folder'): string {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return `No permission to read this ${what}.`;
  if (code === 'ENAMETOOLONG') return `The path of this ${what} is too long for the system.`;
  if (code === 'EIO') return `The disk reported an error while reading this ${what}.`;
  if (code === 'EBUSY') return `This ${what} is locked by another program.`;
  return `The system could not read this ${what} (${code ?? 'unknown error'}).`;
}
