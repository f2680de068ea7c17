import { parseArgs } from 'node:util';
import { AppError, isCancelled } from '../platform/app-error.ts';
import { resolveDataDir } from '../platform/data-folder.ts';
import { translateStorageError } from '../platform/storage-error.ts';
import { readVersion } from '../platform/version.ts';
import { type Command, type Options, type OptionValues, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { ConsoleOutput } from './console-output.ts';

const exitCode = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

const sharedOptions = {
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options;

/** Runs one command line and returns the exit code: 0 only when the command did what it was asked. */
export async function runCli(args: string[]): Promise<number> {
  const output = new ConsoleOutput();
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') return say(output, readVersion());
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return say(output, overview());
  const entry = commands[name];
  if (!entry) return misuse(output, `There is no command "${name}".`, overview());
  const command = await entry.load();
  return runCommand(command, rest, output);
}

function say(output: ConsoleOutput, text: string): number {
  output.result(text);
  return exitCode.success;
}

function misuse(output: ConsoleOutput, problem: string, help: string): number {
  output.note(`${problem}\n\n${help}`);
  return exitCode.usage;
}

async function runCommand(command: Command, args: string[], output: ConsoleOutput): Promise<number> {
  const interrupt = new AbortController();
  const stopListening = abortOnSignals(interrupt);
  try {
    const { positionals, values } = parse(command, args);
    if (values['help']) return say(output, helpFor(command));
    await command.run({
      positionals,
      values,
      isJson: values['json'] === true,
      dataDir: resolveDataDir({ flag: values['data-dir'] as string | undefined }),
      signal: interrupt.signal,
      output,
    });
    return interrupt.signal.aborted ? exitCode.interrupted : exitCode.success;
  } catch (error) {
    if (error instanceof UsageError) return misuse(output, error.message, helpFor(command));
    if (interrupt.signal.aborted || isCancelled(error)) return exitCode.interrupted;
    output.note(failureText(translateStorageError(error), args.includes('--json')));
    return exitCode.failure;
  } finally {
    stopListening();
    output.endProgress();
  }
}

function parse(command: Command, args: string[]): { positionals: string[]; values: OptionValues } {
  try {
    const options = { ...command.options, ...sharedOptions };
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { positionals, values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The first Ctrl+C asks for a clean end; the next one, with the listener gone, ends the process. */
function abortOnSignals(interrupt: AbortController): () => void {
  const abort = (): void => {
    stopListening();
    interrupt.abort();
  };
  const stopListening = (): void => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return stopListening;
}

function failureText(error: unknown, isJson: boolean): string {
  const code = error instanceof AppError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  if (isJson) return JSON.stringify({ error: { code, message } });
  // The call stack of a bug is for whoever will mend it.
  return error instanceof AppError ? `alcove: ${message}` : `alcove: ${(error as Error).stack ?? message}`;
}

function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return [
    'Alcove: ask your own documents, on your own computer.',
    '',
    'Usage: alcove <command> [options]',
    '',
    ...rows,
    '',
    'Every command takes --json, --data-dir <folder> (or ALCOVE_DATA_DIR) and --help.',
  ].join('\n');
}

function helpFor(command: Command): string {
  return [`Usage: alcove ${command.usage}`, '', command.details].join('\n');
}
