import './progress-bar.css';

/** How far something is; without a total it only says that it goes on. */
export function ProgressBar({ done, total, label }: { done: number; total: number | null; label: string }) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div
      className="progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <span
        className={share === null ? 'progress-bar-unknown' : 'progress-bar-fill'}
        style={share === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  );
}
