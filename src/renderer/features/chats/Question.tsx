import type { Conversation, Message } from '@contract/conversations';
import { Copy, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { attempt } from '../../workspace/toasts.ts';
import { ask } from './ask.ts';
import { BranchSwitcher } from './BranchSwitcher.tsx';

/** A message of the user, which can be edited and sent again as another branch. */
export function Question({
  message,
  conversation,
  onSent,
}: {
  message: Message;
  conversation: Conversation;
  onSent: () => void;
}) {
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) {
    const resend = (text: string): void => {
      setIsEditing(false);
      onSent();
      const question = { conversationId: conversation.id, parentId: message.parentId, text, sourceIds: null };
      attempt(ask(question));
    };
    return <QuestionEditor text={message.text} onSend={resend} onCancel={() => setIsEditing(false)} />;
  }
  return (
    <article className="turn turn-user" aria-label="You">
      <p className="question">{message.text}</p>
      <div className="turn-actions">
        <BranchSwitcher conversation={conversation} message={message} />
        <IconButton label="Copy message" onClick={() => void copyText(message.text, 'Message copied')}>
          <Copy />
        </IconButton>
        <IconButton
          label="Edit message"
          disabled={conversation.isAnswering}
          onClick={() => setIsEditing(true)}
        >
          <Pencil />
        </IconButton>
      </div>
    </article>
  );
}

function QuestionEditor(props: { text: string; onSend: (text: string) => void; onCancel: () => void }) {
  const [text, setText] = useState(props.text);
  const isEmpty = text.trim() === '';
  return (
    <form
      className="question-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) props.onSend(text.trim());
      }}
    >
      <textarea
        aria-label="Edit message"
        value={text}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onCancel();
        }}
      />
      <div className="question-editor-bar">
        <span className="muted small">The earlier wording stays as another branch.</span>
        <Button tone="quiet" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button tone="primary" type="submit" disabled={isEmpty}>
          Send again
        </Button>
      </div>
    </form>
  );
}
