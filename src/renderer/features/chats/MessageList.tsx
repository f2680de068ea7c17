import type { Conversation, Message } from '@contract/conversations';
import { ArrowDown } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../../components/Button.tsx';
import { Answer } from './Answer.tsx';
import type { Phase } from './conversation-state.ts';
import { phaseWords } from './phase-words.ts';
import { Question } from './Question.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/** The branch on show, kept at its end while the reader is there. */
export function MessageList({
  conversation,
  branch,
  phases,
  sentCount,
}: {
  conversation: Conversation;
  branch: readonly Message[];
  phases: Readonly<Record<string, Phase>>;
  /** Grows with each message the user sends: the end then comes into view. */
  sentCount: number;
}) {
  const { scroller, content, isAtEnd, goToEnd } = useStickToEnd();
  useEffect(() => {
    goToEnd();
  }, [sentCount, goToEnd]);
  const last = branch.at(-1);
  return (
    <div className="chat-body">
      <div className="chat-scroller" ref={scroller} tabIndex={-1}>
        <div className="chat-column" ref={content} role="log" aria-label="Conversation" aria-live="off">
          {branch.map((message) =>
            message.role === 'user' ? (
              <Question key={message.id} message={message} conversation={conversation} onSent={goToEnd} />
            ) : (
              <Answer
                key={message.id}
                message={message}
                conversation={conversation}
                phase={phases[message.id]}
              />
            ),
          )}
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {last && spoken(last, phases[last.id])}
      </p>
      {!isAtEnd && (
        <Button className="chat-to-end" icon={<ArrowDown />} onClick={goToEnd}>
          Latest
        </Button>
      )}
    </div>
  );
}

/** What a screen reader hears: each phase and the end, never single words. */
function spoken(message: Message, phase: Phase | undefined): string {
  if (message.role === 'user') return '';
  if (message.status !== 'streaming')
    return message.status === 'complete' ? 'The answer is ready.' : 'The answer ended early.';
  return phaseWords(phase, { modelName: message.modelName, passages: message.citations.length });
}
