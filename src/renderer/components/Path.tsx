import { classNames } from './class-names.ts';
import { copyText } from './copy-text.ts';
import { shortenPath } from './shorten-path.ts';
import { Tooltip } from './Tooltip.tsx';
import './path.css';

/** A path, shortened in its middle or as `shown`; full on hover, copied on click. */
export function Path({
  path,
  shown,
  maxLength = 48,
  className,
}: {
  path: string;
  shown?: string;
  maxLength?: number;
  className?: string;
}) {
  return (
    <Tooltip label={`${path} (click to copy)`}>
      <button
        type="button"
        className={classNames('path code', className)}
        aria-label={`Copy path ${path}`}
        onClick={() => void copyText(path, 'Path copied')}
      >
        {shown || shortenPath(path, maxLength)}
      </button>
    </Tooltip>
  );
}
