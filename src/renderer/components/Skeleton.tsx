import { useLate } from './use-late.ts';
import './skeleton.css';

/** Grey lines where content is about to be, shown only when it takes a while. */
export function Skeleton({ lines = 4, label }: { lines?: number; label: string }) {
  const isLate = useLate();
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {isLate && Array.from({ length: lines }, (_, line) => <span key={line} className="skeleton-line" />)}
    </div>
  );
}
