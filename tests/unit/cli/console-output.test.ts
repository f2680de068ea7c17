import { describe, expect, test } from 'vitest';
import { ConsoleOutput } from '../../../src/main/cli/console-output.ts';

function recorded(isTTY: boolean) {
  let text = '';
  return { isTTY, columns: 20, write: (part: string) => (text += part), read: () => text };
}

describe('what a command writes', () => {
  test('on a terminal, progress is one line that is written over and wiped before a result', () => {
    const stdout = recorded(true);
    const stderr = recorded(true);
    const output = new ConsoleOutput({ stdout, stderr });
    output.progress('Indexing: 1 of 2 files  a-very-long-name.md');
    output.progress('Indexing: 2 of 2');
    output.result('done');
    expect(stderr.read()).toBe('\r\u001b[KIndexing: 1 of 2 fi\r\u001b[KIndexing: 2 of 2\r\u001b[K');
    expect(stdout.read()).toBe('done\n');
  });

  test('elsewhere, progress is a plain line now and then', () => {
    const stderr = recorded(false);
    let now = 0;
    const output = new ConsoleOutput({ stdout: recorded(false), stderr, now: () => now });
    for (now = 0; now < 5_000; now += 100) output.progress(`at ${now}`);
    expect(stderr.read()).toBe('at 0\nat 2000\nat 4000\n');
  });

  test('a file name cannot break out of its line', () => {
    const stderr = recorded(false);
    new ConsoleOutput({ stdout: recorded(false), stderr }).progress('a\nb\u001b[2Jc\r');
    expect(stderr.read()).toBe('a b [2Jc \n');
  });
});
