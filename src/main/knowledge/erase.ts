import type { Database } from '../platform/database.ts';

const mergePages = 400;
/** `VACUUM` copies what remains: worth it, and quick, while that is small. */
const maxVacuumBytes = 268_435_456;

/**
 * Makes what was deleted unreadable in the files of the database: terms of deleted rows leave the full-text index,
 * the write-ahead log is emptied, and a file that is mostly free space shrinks. In steps, so that others can run.
 */
export async function eraseDeleted(database: Database): Promise<void> {
  if (isEmpty(database)) database.exec(`INSERT INTO chunk_terms (chunk_terms) VALUES ('delete-all')`);
  else await mergeTerms(database);
  if (isMostlyFree(database)) shrink(database);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function shrink(database: Database): void {
  try {
    database.exec('VACUUM');
  } catch {
    // A reader beside us, or no room for the copy: free space is already overwritten, and later documents use it.
  }
}

function isEmpty(database: Database): boolean {
  return database.prepare('SELECT 1 FROM chunks LIMIT 1').get() === undefined;
}

/** FTS5 only marks rows as deleted; merging all segments into one leaves them out. A negative count starts that. */
async function mergeTerms(database: Database): Promise<void> {
  const changes = database.prepare('SELECT total_changes() AS count');
  const merge = database.prepare(`INSERT INTO chunk_terms (chunk_terms, rank) VALUES ('merge', ?)`);
  for (let pages = -mergePages; ; pages = mergePages) {
    const before = (changes.get() as { count: number }).count;
    merge.run(pages);
    if ((changes.get() as { count: number }).count - before < 2) return;
    await new Promise(setImmediate);
  }
}

function isMostlyFree(database: Database): boolean {
  const [pages, free, pageBytes] = ['page_count', 'freelist_count', 'page_size'].map(
    (name) => Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] ?? 0,
  ) as [number, number, number];
  return free > pages / 4 && (pages - free) * pageBytes < maxVacuumBytes;
}
