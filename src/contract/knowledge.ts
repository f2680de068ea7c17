import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

export const sourceId = z.string().min(1);

/** A folder the user gave, with the totals of its last finished or running index. */
export const source = z.object({
  id: sourceId,
  path: z.string(),
  name: z.string(),
  addedAt: z.number(),
  lastIndexedAt: z.number().nullable(),
  isPaused: z.boolean(),
  /** False when the folder cannot be reached now (unplugged, moved, no permission). */
  isReachable: z.boolean(),
  counts: z.object({
    indexed: z.number().int(),
    skipped: z.number().int(),
    failed: z.number().int(),
    chunks: z.number().int(),
    sizeBytes: z.number().int(),
  }),
});
export type Source = z.infer<typeof source>;

export const indexPhase = z.enum(['waiting', 'scanning', 'indexing', 'paused', 'idle', 'failed']);

/** Live progress of one source. */
export const indexProgress = z.object({
  sourceId,
  phase: indexPhase,
  filesDone: z.number().int(),
  /** Null while the folder is still being walked. */
  filesTotal: z.number().int().nullable(),
  chunks: z.number().int(),
  currentFile: z.string().nullable(),
  filesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Set when `phase` is `failed`: what stopped the whole run. */
  failure: z.string().nullable(),
});
export type IndexProgress = z.infer<typeof indexProgress>;

/** Embeddings made in the background for the chosen embedding model. */
export const embeddingProgress = z.object({
  modelName: z.string().nullable(),
  phase: z.enum(['off', 'working', 'paused', 'done', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  chunksPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  failure: z.string().nullable(),
});
export type EmbeddingProgress = z.infer<typeof embeddingProgress>;

export const knowledgeState = z.object({
  sources: z.array(source),
  progress: z.array(indexProgress),
  embedding: embeddingProgress,
});
export type KnowledgeState = z.infer<typeof knowledgeState>;

/** How a file ended. `unchanged` is a file the last run did not need to read again. */
export const fileStatus = z.enum(['indexed', 'unchanged', 'skipped', 'failed']);
export type FileStatus = z.infer<typeof fileStatus>;

export const fileRow = z.object({
  documentId: z.number().int().nullable(),
  relativePath: z.string(),
  status: fileStatus,
  reason: z.string().nullable(),
  sizeBytes: z.number().int(),
  chunks: z.number().int(),
  language: z.string().nullable(),
});
export type FileRow = z.infer<typeof fileRow>;

export const searchMode = z.enum(['hybrid', 'lexical', 'vector']);
export type SearchMode = z.infer<typeof searchMode>;

export const searchFilters = z.object({
  sourceIds: z.array(sourceId).optional(),
  /** Glob over the path relative to its source, e.g. `src/**` or `*.md`. */
  pathGlob: z.string().optional(),
  language: z.string().optional(),
});
export type SearchFilters = z.infer<typeof searchFilters>;

export const searchInput = z.object({
  query: z.string().max(10_000),
  limit: z.number().int().min(1).max(200).default(10),
  mode: searchMode.default('hybrid'),
  filters: searchFilters.default({}),
});
export type SearchInput = z.infer<typeof searchInput>;

/** A place in a document. Lines are 1-based and inclusive, in the document's extracted text; pages are 1-based. */
export const passage = z.object({
  chunkId: z.number().int(),
  documentId: z.number().int(),
  sourceId,
  path: z.string(),
  relativePath: z.string(),
  startLine: z.number().int(),
  endLine: z.number().int(),
  page: z.number().int().nullable(),
  heading: z.string().nullable(),
  symbol: z.string().nullable(),
  language: z.string().nullable(),
  text: z.string(),
});
export type Passage = z.infer<typeof passage>;

export const hit = passage.extend({ score: z.number() });
export type Hit = z.infer<typeof hit>;

export const searchResult = z.object({
  hits: z.array(hit),
  /** The mode that served: `lexical` in place of another when nothing can compare meaning. */
  mode: searchMode,
  durationMs: z.number(),
});
export type SearchResult = z.infer<typeof searchResult>;

export const documentView = z.object({
  documentId: z.number().int(),
  sourceId,
  path: z.string(),
  relativePath: z.string(),
  format: z.string(),
  language: z.string().nullable(),
  sizeBytes: z.number().int(),
  /** True when the file on disk is no longer the one that was indexed. */
  isStale: z.boolean(),
  /** Lines `firstLine`.. of the extracted text; long documents are read in windows. */
  firstLine: z.number().int(),
  lines: z.array(z.string()),
  totalLines: z.number().int(),
});
export type DocumentView = z.infer<typeof documentView>;

const bySource = z.object({ sourceId });
const byDocument = z.object({ documentId: z.number().int() });

export const knowledge = {
  state: procedure.output(knowledgeState),
  /** The current state at once, then each change (at most about ten a second). */
  watch: procedure.output(eventIterator(knowledgeState)),
  addSource: procedure.input(z.object({ path: z.string().min(1) })).output(source),
  /** Removes the folder's index; the folder itself is not touched. */
  removeSource: procedure.input(bySource),
  pauseSource: procedure.input(bySource),
  resumeSource: procedure.input(bySource),
  /** Looks for changes now. */
  refreshSource: procedure.input(bySource),
  /** Stops the running index of a source and keeps what is done. */
  cancelIndexing: procedure.input(bySource),
  files: procedure
    .input(
      bySource.extend({
        status: fileStatus.optional(),
        query: z.string().optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ files: z.array(fileRow), total: z.number().int() })),
  search: procedure.input(searchInput).output(searchResult),
  /** Text of a document around a line, at most `lineCount` lines. */
  document: procedure
    .input(
      byDocument.extend({
        firstLine: z.number().int().min(1).default(1),
        lineCount: z.number().int().min(1).max(5_000).default(2_000),
      }),
    )
    .output(documentView),
  /** A range of the file's own bytes, base64, for viewers that need the original (PDF). */
  documentBytes: procedure
    .input(
      byDocument.extend({ offset: z.number().int().min(0), length: z.number().int().min(1).max(1_048_576) }),
    )
    .output(z.object({ base64: z.string(), sizeBytes: z.number().int() })),
  /** Opens the file in its default app. Needs `capabilities.openDocuments`. */
  openDocument: procedure.input(byDocument),
  /** Shows the file in the system's file manager. Needs `capabilities.openDocuments`. */
  revealDocument: procedure.input(byDocument),
};
