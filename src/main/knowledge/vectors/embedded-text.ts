export interface EmbeddableChunk {
  relativePath: string;
  heading: string | null;
  symbol: string | null;
  text: string;
}

/** What is embedded of a chunk: a line that says where it stands, then its text. */
export function embeddedText({ relativePath, heading, symbol, text }: EmbeddableChunk): string {
  const place = symbol ?? heading;
  return `${place === null ? relativePath : `${relativePath}: ${place}`}\n${text}`;
}
