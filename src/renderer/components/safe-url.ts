/** The address if it is a plain web address a person can open, else null. Nothing else in an answer becomes a link. */
export function safeUrl(address: string | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    // Relative and malformed addresses lead nowhere from here.
    return null;
  }
}

/** Where a link leads, for showing beside its text. */
export function hostOf(address: string): string {
  return new URL(address).host;
}
