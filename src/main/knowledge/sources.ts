import { basename } from 'node:path';
import type { Source } from '@contract/knowledge';
import { AppError } from '../platform/app-error.ts';
import { assertNoOverlap, isReachable, resolveSourcePath } from './source-path.ts';
import type { SourceCounts, SourceStore, StoredSource } from './source-store.ts';

const noCounts: SourceCounts = { indexed: 0, skipped: 0, failed: 0, chunks: 0, sizeBytes: 0 };
/** Totals are counted anew at most this often while an index grows. */
const countsMaxAgeMs = 1_000;

/** The sources as a user sees them: checked when added, with totals, without those that are being removed. */
export class Sources {
  readonly #store: SourceStore;
  #counts: { bySource: Map<string, SourceCounts>; takenAt: number } | null = null;

  constructor(store: SourceStore) {
    this.#store = store;
  }

  list(): StoredSource[] {
    return this.#store.list().filter((source) => source.indexState !== 'removing');
  }

  /** Ids of sources whose removal is not complete. */
  listRemoving(): string[] {
    const removing = this.#store.list().filter((source) => source.indexState === 'removing');
    return removing.map((source) => source.id);
  }

  /** @throws AppError `source_not_found`. */
  find(sourceId: string): StoredSource {
    const source = this.#store.get(sourceId);
    if (source !== null && source.indexState !== 'removing') return source;
    throw new AppError('source_not_found', 'This folder is no longer in Alcove. Add it again to search it.');
  }

  /** The source of a folder, however its path is written. @throws AppError `source_path_*`. */
  findByPath(path: string): StoredSource | null {
    const real = resolveSourcePath(path);
    return this.list().find((source) => source.path === real) ?? null;
  }

  /** @throws AppError `source_path_missing`, `source_path_denied`, `source_already_added`, `source_overlaps`. */
  add(path: string): StoredSource {
    const real = resolveSourcePath(path);
    const existing = this.#store.list().map((source) => source.path);
    if (existing.includes(real)) {
      throw new AppError('source_already_added', `${real} is already added.`, { data: { path: real } });
    }
    assertNoOverlap(real, existing);
    return this.#store.add(real);
  }

  describe(source: StoredSource): Source {
    const { id, path, addedAt, lastIndexedAt, isPaused } = source;
    const counts = this.#currentCounts().get(id) ?? noCounts;
    return {
      id,
      path,
      name: basename(path) || path,
      addedAt,
      lastIndexedAt,
      isPaused,
      counts,
      isReachable: isReachable(path),
    };
  }

  /** The next totals are counted, whatever the age of the last ones. */
  forgetCounts(): void {
    this.#counts = null;
  }

  #currentCounts(): Map<string, SourceCounts> {
    const now = performance.now();
    if (this.#counts === null || now - this.#counts.takenAt > countsMaxAgeMs) {
      this.#counts = { bySource: this.#store.counts(), takenAt: now };
    }
    return this.#counts.bySource;
  }
}
