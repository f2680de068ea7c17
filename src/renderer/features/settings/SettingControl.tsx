import { useState } from 'react';
import { Segmented } from '../../components/Segmented.tsx';
import { optionLabel, type SettingField } from './setting-fields.ts';
import '../../components/field.css';

type Value = string | number | boolean | null;

/** One setting with the control its kind calls for. */
export function SettingControl({
  field,
  value,
  onChange,
}: {
  field: SettingField;
  value: Value;
  onChange: (value: Value) => void;
}) {
  const id = `setting-${field.key}`;
  return (
    <div className="setting">
      <div className="setting-words">
        <label htmlFor={id}>{field.label}</label>
        {field.description !== null && <p className="muted">{field.description}</p>}
      </div>
      <Control id={id} field={field} value={value} onChange={onChange} />
    </div>
  );
}

function Control(props: { id: string; field: SettingField; value: Value; onChange: (value: Value) => void }) {
  const { id, field, value, onChange } = props;
  switch (field.kind) {
    case 'choice': {
      const options = field.options.map((option) => ({ value: option, label: optionLabel(option) }));
      return <Segmented label={field.label} options={options} value={String(value)} onChange={onChange} />;
    }
    case 'switch':
      return (
        <input
          id={id}
          type="checkbox"
          role="switch"
          className="switch"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'number':
      return (
        <Committed
          key={String(value)}
          id={id}
          type="number"
          min={field.min}
          max={field.max}
          initial={String(value)}
          onCommit={(text) => {
            const next = Math.round(Number(text));
            if (text !== '' && next >= field.min && next <= field.max) onChange(next);
          }}
        />
      );
    case 'text':
      return (
        <Committed
          key={String(value)}
          id={id}
          type="text"
          initial={typeof value === 'string' ? value : ''}
          onCommit={(text) => onChange(text.trim() === '' ? null : text.trim())}
        />
      );
  }
}

/** A field whose value counts once it is left or confirmed with Enter; what cannot be used goes back to what it was. */
function Committed(props: {
  id: string;
  type: 'number' | 'text';
  min?: number;
  max?: number;
  initial: string;
  onCommit: (text: string) => void;
}) {
  const [text, setText] = useState(props.initial);
  const commit = (): void => {
    if (text !== props.initial) props.onCommit(text);
    setText(props.initial);
  };
  const range = props.min === undefined ? {} : { min: props.min, max: props.max };
  return (
    <input
      id={props.id}
      type={props.type}
      className={props.type === 'number' ? 'field setting-number tabular' : 'field setting-text code'}
      placeholder={props.type === 'text' ? 'Not set' : undefined}
      spellCheck={false}
      value={text}
      {...range}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
