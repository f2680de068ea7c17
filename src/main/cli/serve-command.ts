import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { openAlcove } from '../alcove.ts';
import { type BrowserDoor, openBrowserDoor } from '../api/browser-door.ts';
import { PageFiles } from '../api/page-files.ts';
import { outFolder } from '../platform/entries.ts';
import { nodeChildAdapter } from '../platform/node-child-adapter.ts';
import { type Command, numberOption } from './command.ts';

/** Serves Alcove to a browser of this machine until it is interrupted. */
export const serveCommand: Command = {
  usage: 'serve [--port <number>] [--json]',
  options: { port: { type: 'string' } },
  details: [
    '  --port  a fixed port on 127.0.0.1; a free one is chosen if left out',
    '',
    'Prints one address. It lets one browser in, once, within ten minutes; press Enter for another.',
    'JSON: {"url","port"}',
  ].join('\n'),
  run: async ({ values, dataDir, signal, isJson, output }) => {
    const port = numberOption(values, 'port', { min: 0, max: 65_535 }) ?? 0;
    const pageFiles = new PageFiles(join(outFolder(), 'renderer'));
    const alcove = await openAlcove({ dataDir, adapter: nodeChildAdapter });
    try {
      const door = await openBrowserDoor({
        services: alcove.services,
        logger: alcove.logger,
        pageFiles,
        port,
      });
      const url = door.issueUrl();
      output.result(isJson ? JSON.stringify({ url, port: door.port }) : url);
      alcove.start();
      const stopOffering = offerAnotherUrl(door, (another) => output.result(another));
      await untilAborted(signal);
      stopOffering();
      await door.close();
    } finally {
      await alcove.close();
    }
  },
};

/** On a terminal, Enter prints a new address: the first one works once. */
function offerAnotherUrl(door: BrowserDoor, print: (url: string) => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => print(door.issueUrl()));
  return () => lines.close();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
