import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogFile } from '../../../src/main/platform/log-file.ts';
import { describeError, openLogger } from '../../../src/main/platform/logger.ts';

describe('the log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alcove-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('cannot grow without bound', () => {
    const path = join(folder, 'alcove.log');
    const log = new LogFile({ path, maxSizeBytes: 100, keepCount: 2 });
    for (let line = 0; line < 100; line++) log.write(`line ${line}\n`);
    expect(readdirSync(folder).sort()).toEqual(['alcove.log', 'alcove.log.1', 'alcove.log.2']);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100);
    expect(readFileSync(path, 'utf8')).toContain('line 99');
  });

  test('goes on in the file of the last start', () => {
    const path = join(folder, 'alcove.log');
    new LogFile({ path, maxSizeBytes: 20 }).write('0123456789\n');
    new LogFile({ path, maxSizeBytes: 20 }).write('abcdefghij\n');
    expect(existsSync(`${path}.1`)).toBe(true);
  });

  test('a log that cannot be written does not break what it tells about', () => {
    const log = new LogFile({ path: join(folder, 'logs', 'alcove.log') });
    rmSync(join(folder, 'logs'), { recursive: true });
    expect(() => log.write('lost\n')).not.toThrow();
  });

  test('writes one JSON object a line', () => {
    const logger = openLogger(folder);
    logger.bug('a request failed', new TypeError('x is undefined'), { method: 'app.info' });
    const entry = JSON.parse(readFileSync(join(folder, 'logs', 'alcove.log'), 'utf8')) as object;
    expect(entry).toMatchObject({ msg: 'a request failed', error: 'TypeError', method: 'app.info' });
  });

  test('does not quote a document that could not be parsed', () => {
    const secret = 'my diary';
    let failure: unknown;
    try {
      JSON.parse(`{${secret}`);
    } catch (error) {
      failure = error;
    }
    const wrapped = new Error('reading failed', { cause: failure });
    expect(JSON.stringify([describeError(failure), describeError(wrapped)])).not.toContain('diary');
  });

  test('shortens long messages and survives what is no error', () => {
    expect(String(describeError(new Error('x'.repeat(10_000)))['message']).length).toBeLessThan(1_000);
    expect(describeError('text')).toEqual({ error: 'string' });
  });
});
