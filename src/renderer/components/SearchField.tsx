import { Search } from 'lucide-react';
import './field.css';

export function SearchField({
  label,
  placeholder = label,
  value,
  onChange,
  className,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  return (
    <div className={`search-field ${className ?? ''}`}>
      <Search aria-hidden />
      <input
        type="search"
        className="field"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
