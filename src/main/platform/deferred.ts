/** A promise that is settled from outside. */
export interface Deferred<Result> {
  promise: Promise<Result>;
  resolve: (value: Result) => void;
  reject: (error: unknown) => void;
}

/** A rejection nobody awaits is not an unhandled one. */
export function deferred<Result>(): Deferred<Result> {
  let resolve: (value: Result) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Result>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
