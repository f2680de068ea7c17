import type { ParseArgsConfig } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Values of the options as `util.parseArgs` gives them. */
export type OptionValues = Record<string, string | boolean | undefined>;

export interface CommandInput {
  positionals: string[];
  values: OptionValues;
  isJson: boolean;
  dataDir: string;
  /** Aborts on Ctrl+C. */
  signal: AbortSignal;
  output: Output;
}

/** Where a command writes: results to `result`, everything else to `note`. */
export interface Output {
  result(text: string): void;
  note(text: string): void;
  /** Replaces the last progress line; a no-op once `note` or `result` has written. */
  progress(text: string): void;
}

export interface Command {
  /** What follows `alcove `, as the help shows it. */
  usage: string;
  /** Options beside `--json`, `--data-dir` and `--help`. */
  options: Options;
  /** One line for each option, and what the JSON holds. */
  details: string;
  run(input: CommandInput): Promise<void>;
}

/** A command line that cannot be understood; ends with exit code 2 and the command's usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The value of a string option, or undefined. */
export function stringOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The value of an option that takes one of a few words. @throws UsageError for any other. */
export function wordOption<Word extends string>(
  values: OptionValues,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = stringOption(values, name);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UsageError(`--${name} takes one of: ${words.join(', ')}.`);
  return word;
}

/** The value of an option that takes a whole number. @throws UsageError outside of `min`..`max`. */
export function numberOption(
  values: OptionValues,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const value = stringOption(values, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new UsageError(`--${name} takes a whole number from ${min} to ${max}.`);
}

/** The only argument of a command. @throws UsageError when there is none, or more than one. */
export function onlyArgument(positionals: string[], what: string): string {
  const [argument, ...rest] = positionals;
  if (!argument) throw new UsageError(`Which ${what}? Give it after the command.`);
  if (rest.length > 0) throw new UsageError(`One ${what} at a time. Put quotes around a name with spaces.`);
  return argument;
}

/** A question or query: its words may stand unquoted. @throws UsageError when there are none. */
export function wordsArgument(positionals: string[], what: string): string {
  const words = positionals.join(' ').trim();
  if (!words) throw new UsageError(`Give the ${what} after the command.`);
  return words;
}
