import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';
import { lockDataDir } from '../../../src/main/platform/data-folder.ts';
import { alcove, alcoveJson, startAlcove } from './alcove.ts';

describe('the command line', () => {
  let root: string;
  let dataDir: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'alcove-cli-'));
    dataDir = join(root, 'data');
    folder = join(root, 'notes');
    mkdirSync(folder);
    writeFileSync(join(folder, 'boiler.md'), '# Boiler\n\nThe boiler is bled every October.\n');
    writeFileSync(join(folder, 'plums.txt'), 'Plums are picked in September.\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('says what it can do, and its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(alcove(dataDir, '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(alcove(dataDir).stdout).toContain('alcove <command>');
    expect(alcove(dataDir, 'index', '--help').stdout).toContain('Usage: alcove index <folder>');
  });

  test.each([
    [['frobnicate'], 'There is no command'],
    [['index'], 'Which folder?'],
    [['index', 'a', 'b'], 'One folder at a time'],
    [['search'], 'Give the query'],
    [['search', 'x', '--mode', 'magic'], '--mode takes one of'],
    [['search', 'x', '-k', '0'], '--k takes a whole number'],
    [['search', 'x', '--frobnicate'], '--frobnicate'],
    [['models', 'burn'], 'Say "list"'],
    [['serve', '--port', 'http'], '--port takes a whole number'],
  ])('%j is a usage error, told on stderr only', (args, words) => {
    const { status, stdout, stderr } = alcove(dataDir, ...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });

  test('indexes a folder, and again only what changed', () => {
    const first = alcoveJson(dataDir, 'index', folder);
    expect(first).toEqual({
      source: { id: expect.any(String) as string, path: folder },
      files: { indexed: 2, unchanged: 0, removed: 0, skipped: 0, failed: 0 },
      chunks: 2,
      failures: [],
      durationMs: expect.any(Number) as number,
    });
    rmSync(join(folder, 'plums.txt'));
    const second = alcoveJson(dataDir, 'index', folder);
    expect(second['files']).toEqual({ indexed: 0, unchanged: 1, removed: 1, skipped: 0, failed: 0 });
  });

  test('succeeds when single files fail, and lists them with the reason', () => {
    writeFileSync(join(folder, 'broken.pdf'), 'not a pdf');
    const { files, failures } = alcoveJson(dataDir, 'index', folder);
    expect(files).toMatchObject({ indexed: 2, failed: 1 });
    expect(failures).toEqual([
      { path: expect.stringContaining('broken.pdf') as string, reason: expect.any(String) as string },
    ]);
  });

  test('keeps stdout clean: results there, progress on stderr', () => {
    const { stdout } = alcove(dataDir, 'index', folder, '--json');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  test('finds passages, within a folder when asked', () => {
    alcoveJson(dataDir, 'index', folder);
    const { hits } = alcoveJson(dataDir, 'search', 'when is the boiler bled', '-k', '1') as {
      hits: object[];
    };
    expect(hits).toHaveLength(1);
    expect(hits[0]).toEqual({
      path: join(folder, 'boiler.md'),
      relativePath: 'boiler.md',
      startLine: expect.any(Number) as number,
      endLine: expect.any(Number) as number,
      page: null,
      score: expect.any(Number) as number,
      text: expect.stringContaining('every October') as string,
      symbol: null,
      heading: 'Boiler',
    });
    expect(alcoveJson(dataDir, 'search', 'boiler', '--source', folder)['hits']).toHaveLength(1);
    expect(alcove(dataDir, 'search', 'boiler', '--source', root).stderr).toContain('is not in Alcove');
  });

  test('says what to do before anything is indexed', () => {
    const { status, stdout, stderr } = alcove(dataDir, 'search', 'boiler', '--json');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'index_unavailable', message: expect.stringContaining('alcove index') as string },
    });
  });

  test('quotes the best passages without a model', () => {
    alcoveJson(dataDir, 'index', folder);
    const answer = alcoveJson(dataDir, 'ask', 'When is the boiler bled?');
    expect(answer).toMatchObject({ mode: 'extractive', model: null, usage: null });
    expect(answer['answer']).toContain('every October');
    expect((answer['citations'] as object[])[0]).toEqual({
      n: 1,
      path: join(folder, 'boiler.md'),
      startLine: expect.any(Number) as number,
      endLine: expect.any(Number) as number,
      page: null,
    });
  });

  test('answers with a model that was added, and cites', () => {
    const file = join(root, 'scripted.gguf');
    writeScriptedModel(file, { text: 'Every October [1].' });
    const added = alcoveJson(dataDir, 'models', 'add', file) as { model: { name: string; role: string } };
    expect(added.model.role).toBe('chat');
    alcoveJson(dataDir, 'models', 'use', added.model.name);
    const { models } = alcoveJson(dataDir, 'models', 'list') as { models: object[] };
    expect(models).toMatchObject([{ path: file, isDefault: true, problem: null }]);

    alcoveJson(dataDir, 'index', folder);
    const answer = alcoveJson(dataDir, 'ask', 'When is the boiler bled?', '--model', added.model.name);
    expect(answer).toMatchObject({
      answer: 'Every October [1].',
      mode: 'generated',
      model: added.model.name,
    });
    expect(answer['citations']).toHaveLength(1);
    expect(answer['usage']).toEqual({
      promptTokens: expect.any(Number) as number,
      completionTokens: expect.any(Number) as number,
    });
  });

  test.each([
    ['empty', 0],
    ['of one byte', 1],
    ['cut in its header', 100],
    ['cut in its weights', -64],
  ])('refuses a model file that is %s, and adds nothing', (_, length) => {
    const whole = join(root, 'whole.gguf');
    writeScriptedModel(whole, { text: 'Every October [1].' });
    const cut = join(root, 'cut.gguf');
    writeFileSync(cut, readFileSync(whole).subarray(0, length));
    const { status, stdout, stderr } = alcove(dataDir, 'models', 'add', cut, '--json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'model_file_invalid' } });
    expect(alcoveJson(dataDir, 'models', 'list')).toMatchObject({ models: [] });
  });

  test('refuses a file that is no model, and a name that is not there', () => {
    expect(alcove(dataDir, 'models', 'add', join(folder, 'plums.txt')).stderr).toContain('GGUF');
    expect(alcove(dataDir, 'models', 'use', 'nobody').status).toBe(1);
  });

  test('lists and removes folders', () => {
    alcoveJson(dataDir, 'index', folder);
    const { sources } = alcoveJson(dataDir, 'sources', 'list') as { sources: object[] };
    expect(sources).toMatchObject([{ path: folder, isReachable: true, indexed: 2, chunks: 2 }]);
    expect(alcoveJson(dataDir, 'sources', 'remove', folder)).toMatchObject({ removed: { path: folder } });
    expect(alcoveJson(dataDir, 'sources', 'list')).toEqual({ sources: [] });
  });

  test('leaves a data folder alone that another process writes to, but reads from it', () => {
    alcoveJson(dataDir, 'index', folder);
    const lock = lockDataDir(dataDir);
    try {
      expect(alcove(dataDir, 'index', folder).stderr).toContain('Another Alcove');
      expect(alcove(dataDir, 'sources', 'remove', folder).status).toBe(1);
      expect(alcove(dataDir, 'search', 'boiler').status).toBe(0);
      expect(alcove(dataDir, 'sources', 'list').status).toBe(0);
      expect(alcove(dataDir, 'models', 'list').status).toBe(0);
    } finally {
      lock.release();
    }
  });

  test('checks the installation', () => {
    const { checks } = alcoveJson(dataDir, 'doctor') as { checks: { id: string; state: string }[] };
    expect(checks.map(({ id }) => id)).toEqual([
      'build',
      'data-folder',
      'disk-space',
      'sqlite',
      'app-data',
      'index',
      'embedder',
      'engine',
      'models',
    ]);
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
  });

  test('tells damaged data by its code and a next step, without a call stack', () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'alcove.db'), 'x'.repeat(8_192));
    writeFileSync(join(dataDir, 'knowledge.db'), 'x'.repeat(8_192));
    const models = alcove(dataDir, 'models', 'list');
    expect(models.status).toBe(1);
    expect(models.stderr).toMatch(/alcove\.db is damaged .* put a backup in its place/);
    expect(models.stderr).not.toContain('    at ');
    const search = alcove(dataDir, 'search', 'boiler', '--json');
    expect(JSON.parse(search.stderr)).toMatchObject({ error: { code: 'index_damaged' } });
    const doctor = alcove(dataDir, 'doctor', '--json');
    const { checks } = JSON.parse(doctor.stdout) as { checks: { id: string; state: string }[] };
    expect(checks.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual([
      'app-data',
      'index',
    ]);
    expect(alcoveJson(dataDir, 'index', folder)['files']).toMatchObject({ indexed: 2 });
  });

  test('ends cleanly on Ctrl+C while indexing, and goes on the next time', async () => {
    for (let file = 0; file < 2_000; file++) {
      writeFileSync(
        join(folder, `note-${file}.md`),
        `# Note ${file}\n\n${'Some words about notes. '.repeat(40)}\n`,
      );
    }
    const running = startAlcove(dataDir, 'index', folder, '--json');
    const ended = once(running, 'exit');
    await once(nonNull(running.stderr), 'data');
    running.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    const { files } = alcoveJson(dataDir, 'index', folder) as { files: Record<string, number> };
    expect((files['indexed'] ?? 0) + (files['unchanged'] ?? 0)).toBe(2_002);
  });

  test('serves one address and gives the data folder back when it is stopped', async () => {
    const server = startAlcove(dataDir, 'serve', '--json');
    const [line] = (await once(createInterface({ input: nonNull(server.stdout) }), 'line')) as [string];
    const { url, port } = JSON.parse(line) as { url: string; port: number };
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/\\?token=[\\w-]{43}$`));
    expect(alcove(dataDir, 'index', folder).stderr).toContain(`process ${server.pid}`);
    server.kill('SIGTERM');
    await once(server, 'exit');
    lockDataDir(dataDir).release();
  });
});

function nonNull<Value>(value: Value | null): Value {
  if (value === null) throw new Error('The stream was not piped.');
  return value;
}
