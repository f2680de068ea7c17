import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeBertEmbedder } from '../../fixtures/gguf/bert-models.ts';
import { alcove, alcoveJson, startAlcove } from './alcove.ts';

describe('indexing with an embedding model', () => {
  let root: string;
  let dataDir: string;
  let folder: string;
  let modelPath: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'alcove-cli-'));
    dataDir = join(root, 'data');
    folder = join(root, 'notes');
    modelPath = join(root, 'tiny.gguf');
    mkdirSync(folder);
    writeFileSync(join(folder, 'boiler.md'), '# Boiler\n\nThe boiler is bled every October.\n');
    writeFileSync(join(folder, 'plums.txt'), 'Plums are picked in September.\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function chooseModel(): void {
    writeBertEmbedder(modelPath);
    alcoveJson(dataDir, 'models', 'add', modelPath);
    alcoveJson(dataDir, 'models', 'use', 'tiny', '--role', 'embedding');
  }

  function countEmbedded(): number {
    const database = new DatabaseSync(join(dataDir, 'knowledge.db'), { readOnly: true });
    const { count } = database.prepare('SELECT count(*) AS count FROM embedded').get() as { count: number };
    database.close();
    return count;
  }

  test('makes the vectors it lacks, with the same JSON and progress on stderr', () => {
    chooseModel();
    const { status, stdout, stderr } = alcove(dataDir, 'index', folder, '--json');
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
      'source',
      'files',
      'chunks',
      'failures',
      'durationMs',
    ]);
    expect(stderr).toContain('Embedding: 0 of 2 passages');
    expect(countEmbedded()).toBe(2);
    expect(alcoveJson(dataDir, 'search', 'when are plums picked', '--mode', 'vector')['hits']).toHaveLength(
      2,
    );

    writeFileSync(join(folder, 'quince.txt'), 'Quinces are picked in October.\n');
    rmSync(join(folder, 'plums.txt'));
    alcoveJson(dataDir, 'index', folder);
    expect(countEmbedded()).toBe(2);
  });

  test('leaves it to the next run when asked to', () => {
    chooseModel();
    alcoveJson(dataDir, 'index', folder, '--no-embed');
    expect(countEmbedded()).toBe(0);
    alcoveJson(dataDir, 'index', folder);
    expect(countEmbedded()).toBe(2);
  });

  test('opens neither models nor vectors where no embedding model was chosen', () => {
    alcoveJson(dataDir, 'index', folder);
    expect(existsSync(join(dataDir, 'alcove.db'))).toBe(false);
    expect(existsSync(join(dataDir, 'vectors'))).toBe(false);
  });

  test.each([
    ['is gone', () => rmSync(modelPath)],
    ['does not load', () => breakTensors(modelPath)],
  ])('keeps the text and says so when the model %s', (_, breakIt) => {
    chooseModel();
    breakIt();
    const { status, stdout, stderr } = alcove(dataDir, 'index', folder, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: { indexed: 2 } });
    expect(stderr).toMatch(/^alcove: (Nothing was embedded|Embedding stopped): ./m);
    expect(alcoveJson(dataDir, 'search', 'boiler', '--mode', 'lexical')['hits']).toHaveLength(1);
  });

  test('ends cleanly on Ctrl+C while embedding, and keeps what is done', async () => {
    chooseModel();
    const plums = 'Plums are stewed with sugar. '.repeat(30);
    const sections = Array.from({ length: 5_000 }, (_, at) => `## Plum ${at}\n\n${plums}\n`);
    writeFileSync(join(folder, 'plums.md'), sections.join('\n'));
    const running = startAlcove(dataDir, 'index', folder, '--json');
    const ended = once(running, 'exit');
    if (running.stderr === null) throw new Error('The stream was not piped.');
    for await (const line of createInterface({ input: running.stderr })) {
      if (/Embedding: [1-9]/.test(line)) running.kill('SIGINT');
    }
    expect(await ended).toEqual([130, null]);
    const embedded = countEmbedded();
    expect(embedded).toBeGreaterThan(0);
    expect(embedded).toBeLessThan(5_000);
  });
});

/** Leaves the metadata whole: only loading the weights shows that something is wrong. */
function breakTensors(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf('token_types.weight');
  bytes.write('token_tipes', at);
  writeFileSync(path, bytes);
}
