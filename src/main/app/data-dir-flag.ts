const flag = '--data-dir';

/** The value of `--data-dir` among the arguments of the app, which Chromium's own switches surround. */
export function dataDirFlag(args: readonly string[]): string | undefined {
  const inline = args.find((arg) => arg.startsWith(`${flag}=`));
  if (inline !== undefined) return inline.slice(flag.length + 1) || undefined;
  const index = args.indexOf(flag);
  return index === -1 ? undefined : args[index + 1];
}
