/** One number of the report. */
export interface Measurement {
  what: string;
  value: number;
  unit: 'ms' | 's' | 'MB/s' | 'MB' | 'nDCG@10' | 'chunks/s' | 'count';
  /** What it is to be judged by: a limit, a peer, a floor. */
  beside?: string;
}

export interface BenchContext {
  /** Root of the repository. */
  root: string;
  /** An empty folder of this case, removed after it. */
  folder: string;
  /** Fewer repetitions and less data: for trying the benchmark out, not for numbers to keep. */
  isQuick: boolean;
  /** A folder in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv. Null when none is there. */
  beirFolder: string | null;
  note(text: string): void;
}

export interface BenchCase {
  name: string;
  summary: string;
  run(context: BenchContext): Promise<Measurement[]>;
}

/** Thrown by a case that lacks what it needs; the report says so. */
export class SkippedCase extends Error {}
