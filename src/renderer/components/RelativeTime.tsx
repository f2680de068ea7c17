import { useNow } from './use-now.ts';
import { exactTime, relativeTime } from './time.ts';

const refreshMs = 30_000;

/** A moment as people say it; exact on hover. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow(refreshMs);
  return (
    <time className="tabular" dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, Math.max(now, at))}
    </time>
  );
}
