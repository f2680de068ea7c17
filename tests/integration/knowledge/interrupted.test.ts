import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { countStrays, createWorkspace, dumpIndex, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let reference: Workspace;

const fileCount = 1_500;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace();
  for (let index = 0; index < fileCount; index++) {
    workspace.write(
      `part-${index % 20}/note-${index}.md`,
      `# Note ${index}\n\nWord${index} and some more text.\n`,
    );
  }
  reference = { ...workspace, dataDir: `${workspace.dataDir}-reference` };
});
afterEach(() => workspace.remove());

/** Lets the process index until it has stored at least so many chunks, then kills it. */
async function killAfter(chunks: number): Promise<void> {
  const child = spawn(process.execPath, [built.indexProcess, workspace.dataDir, workspace.folder]);
  const exited = once(child, 'exit');
  await reached(child, chunks);
  child.kill('SIGKILL');
  await exited;
}

async function reached(child: ChildProcess, chunks: number): Promise<void> {
  for await (const text of child.stdout ?? []) {
    if (
      String(text)
        .split('\n')
        .some((line) => Number(line) >= chunks)
    )
      return;
  }
}

describe('an index whose process was killed', () => {
  it.each([1, 400, 1_000])(
    'holds whole documents only, and ends like a clean one (killed after %i)',
    async (chunks) => {
      await killAfter(chunks);
      expect(countStrays(workspace.dataDir)).toBe(0);

      const knowledge = openKnowledge(workspace, { workerEntry: built.worker });
      const summary = await indexFolder(knowledge, workspace);
      await knowledge.close();
      expect(summary.indexed).toBeLessThan(fileCount);
      expect(summary.indexed + summary.unchanged).toBe(fileCount);

      const clean = openKnowledge(reference, { workerEntry: built.worker });
      await indexFolder(clean, workspace);
      await clean.close();
      expect(dumpIndex(workspace.dataDir)).toEqual(dumpIndex(reference.dataDir));
    },
  );

  it('is taken up by itself at the next start', async () => {
    await killAfter(200);
    const knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    const finished = new Promise<void>((resolve) => {
      knowledge.onChange((state) => {
        if (state.progress[0]?.phase === 'idle' && state.sources[0]?.counts.indexed === fileCount) resolve();
      });
    });
    knowledge.start();
    await finished;
    await knowledge.close();
    expect(countStrays(workspace.dataDir)).toBe(0);
  });
});
