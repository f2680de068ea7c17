import type {
  DocumentView,
  FileRow,
  KnowledgeState,
  SearchInput,
  SearchResult,
  Source,
} from '@contract/knowledge';
import type { FileListInput } from './file-list.ts';
import type { KnowledgeSettings } from './knowledge.ts';

/** An embedder that lives on the other side: the child asks its parent for vectors. */
export interface EmbedderDescription {
  key: string;
  name: string;
  dimensions: number;
}

/** What the child asks for when it starts, so that a restarted one has what is current. */
export interface KnowledgeConfiguration {
  dataDir: string;
  settings: KnowledgeSettings;
  embedder: EmbedderDescription | null;
}

type BySource = { sourceId: string };
type ByDocument = { documentId: number };

/** What the knowledge child offers. */
export type KnowledgeApi = {
  state: { input: null; output: KnowledgeState };
  /** Ends only when cancelled; each delta is a whole state. */
  watch: { input: null; output: null; delta: KnowledgeState };
  /** Adds a folder and starts to index it. */
  addSource: { input: { path: string }; output: Source };
  removeSource: { input: BySource; output: null };
  pauseSource: { input: BySource; output: null };
  resumeSource: { input: BySource; output: null };
  refreshSource: { input: BySource; output: null };
  cancelIndexing: { input: BySource; output: null };
  files: { input: FileListInput; output: { files: FileRow[]; total: number } };
  search: { input: SearchInput; output: SearchResult };
  document: { input: ByDocument & { firstLine: number; lineCount: number }; output: DocumentView };
  documentBytes: {
    input: ByDocument & { offset: number; length: number };
    output: { base64: string; sizeBytes: number };
  };
  documentPath: { input: ByDocument; output: string };
  setEmbedder: { input: EmbedderDescription | null; output: null };
  updateSettings: { input: KnowledgeSettings; output: null };
};

/** What the child asks of its parent. */
export type KnowledgeParentApi = {
  configuration: { input: null; output: KnowledgeConfiguration };
  embed: { input: { key: string; texts: readonly string[] }; output: Float32Array[] };
};
