import { Copy } from 'lucide-react';
import { IconButton } from './Button.tsx';
import { CodeLine } from './CodeLine.tsx';
import { copyText } from './copy-text.ts';
import { useHighlighted } from './use-highlighted.ts';
import './code-block.css';

/** A block of code with its language, colours and a copy button. */
export function CodeBlock({ text, language }: { text: string; language: string | null }) {
  const highlighted = useHighlighted(text, language);
  return (
    <div className="code-block">
      <div className="code-block-bar">
        <span>{language ?? 'text'}</span>
        <IconButton label="Copy code" onClick={() => void copyText(text, 'Code copied')}>
          <Copy />
        </IconButton>
      </div>
      <pre tabIndex={0}>
        <code>
          {text.split('\n').map((line, index) => (
            <CodeLine key={index} text={line} tokens={highlighted?.[index] ?? null} />
          ))}
        </code>
      </pre>
    </div>
  );
}
