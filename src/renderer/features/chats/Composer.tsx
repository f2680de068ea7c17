import type { KnowledgeState } from '@contract/knowledge';
import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { messageFieldId } from '../../workspace/focus.ts';
import { goTo } from '../../workspace/route.ts';
import { draftOf, keepDraft } from './drafts.ts';
import { ScopePicker } from './ScopePicker.tsx';
import { sightWords } from './scope-words.ts';
import './composer.css';

interface ComposerProps {
  conversationId: string | null;
  knowledge: KnowledgeState | undefined;
  /** The chat model answers will use; null when there is none, undefined while unknown. */
  modelName: string | null | undefined;
  sendsWithEnter: boolean;
  isAnswering: boolean;
  sourceIds: string[] | null;
  onScope: (sourceIds: string[] | null) => void;
  /** Resolves to whether the message was sent; if not, its text stays. */
  onSend: (text: string) => Promise<boolean>;
  onStop: () => void;
}

/** Where a message is written: its text, what it will search, and which model answers. */
export function Composer(props: ComposerProps) {
  const { conversationId, isAnswering, knowledge } = props;
  const [text, setText] = useState(() => draftOf(conversationId));
  const [isSending, setIsSending] = useState(false);
  const change = (next: string): void => {
    setText(next);
    keepDraft(conversationId, next);
  };
  const send = async (): Promise<void> => {
    const message = text.trim();
    if (message === '' || isAnswering || isSending) return;
    setIsSending(true);
    change('');
    if (!(await props.onSend(message))) change(message);
    setIsSending(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!meansSend(event, props.sendsWithEnter)) return;
    event.preventDefault();
    void send();
  };
  const sight = knowledge ? sightWords(knowledge) : null;
  return (
    <div className="composer-place">
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <textarea
          id={messageFieldId}
          aria-label="Message"
          placeholder="Ask about your files"
          rows={1}
          value={text}
          autoFocus
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-bar">
          <ScopePicker
            sources={knowledge?.sources ?? []}
            sourceIds={props.sourceIds}
            onChange={props.onScope}
          />
          <ModelName name={props.modelName} />
          {isAnswering ? (
            <IconButton label="Stop" shortcut="Esc" tone="primary" onClick={props.onStop}>
              <Square fill="currentColor" />
            </IconButton>
          ) : (
            <IconButton
              label="Send"
              shortcut={sendKeys(props.sendsWithEnter)}
              tone="primary"
              type="submit"
              disabled={text.trim() === '' || isSending}
            >
              <ArrowUp />
            </IconButton>
          )}
        </div>
      </form>
      <p className="composer-sight muted small tabular" aria-live="off">
        {sight}
      </p>
    </div>
  );
}

function ModelName({ name }: { name: string | null | undefined }) {
  if (name === undefined) return <span className="composer-model" />;
  return (
    <button
      type="button"
      className="composer-model truncate"
      title={name ?? 'Without a model, answers quote your files'}
      onClick={() => goTo({ view: 'models' })}
    >
      {name ?? 'No model: quotes your files'}
    </button>
  );
}

function meansSend(event: KeyboardEvent, sendsWithEnter: boolean): boolean {
  // Enter that ends an input method's composition belongs to the input method.
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return false;
  return sendsWithEnter ? !event.shiftKey && !event.altKey : event.ctrlKey || event.metaKey;
}

function sendKeys(sendsWithEnter: boolean): string {
  return sendsWithEnter ? 'Enter' : 'Ctrl Enter';
}
