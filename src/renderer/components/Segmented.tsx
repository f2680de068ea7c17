import { classNames } from './class-names.ts';
import './segmented.css';

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

/** A choice of one among a few, all in view. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly SegmentedOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames('segment', option.value === value && 'segment-chosen')}
        >
          <input
            type="radio"
            className="visually-hidden"
            name={label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
          {option.count !== undefined && (
            <span className="muted tabular">{option.count.toLocaleString('en-US')}</span>
          )}
        </label>
      ))}
    </div>
  );
}
