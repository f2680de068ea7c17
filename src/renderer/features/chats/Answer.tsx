import type { Conversation, Message } from '@contract/conversations';
import { Copy, Quote, RefreshCw } from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { alcove } from '../../client/alcove.ts';
import { IconButton } from '../../components/Button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { prepared } from '../../components/prepared.tsx';
import { duration } from '../../components/time.ts';
import { openEvidence } from '../../workspace/evidence.ts';
import { attempt } from '../../workspace/toasts.ts';
import { AnswerEnding } from './AnswerEnding.tsx';
import { BranchSwitcher } from './BranchSwitcher.tsx';
import type { Phase } from './conversation-state.ts';
import { phaseWords } from './phase-words.ts';
import { SourceList } from './SourceList.tsx';
import { placeOf } from '../../workspace/place-words.ts';

const Markdown = prepared(() => import('../../components/Markdown.tsx'));

/** Fetches what draws an answer ahead of the first one, so that it is there at once. */
export const prepareAnswers = Markdown.prepare;

/** An answer: how it was made, its text with citations, its sources, and what can be done with it. */
export function Answer({
  message,
  conversation,
  phase,
}: {
  message: Message;
  conversation: Conversation;
  phase: Phase | undefined;
}) {
  const isStreaming = message.status === 'streaming';
  const marks = useCitationMarks(message);
  const isQuoted = message.mode === 'extractive' && message.citations.length > 0;
  return (
    <article className="turn turn-assistant" aria-label="Answer" aria-busy={isStreaming}>
      {isQuoted && (
        <p className="answer-mode">
          <Quote aria-hidden />
          From your files (no model installed)
        </p>
      )}
      {message.text !== '' && (
        <Suspense fallback={null}>
          <div className={isQuoted ? 'answer-quotes' : undefined}>
            <Markdown text={message.text} citations={marks} />
          </div>
        </Suspense>
      )}
      {isStreaming && message.text === '' && <PhaseLine message={message} phase={phase} />}
      {!isStreaming && <AnswerEnding message={message} conversationId={conversation.id} />}
      {/* Each quote already stands under its source. */}
      {!isQuoted && message.citations.length > 0 && message.text !== '' && (
        <SourceList citations={message.citations} />
      )}
      {!isStreaming && <AnswerActions message={message} conversation={conversation} />}
    </article>
  );
}

function PhaseLine({ message, phase }: { message: Message; phase: Phase | undefined }) {
  return (
    <p className="phase">
      <span className="phase-dot" aria-hidden />
      {phaseWords(phase, { modelName: message.modelName, passages: message.citations.length })}
    </p>
  );
}

function AnswerActions({ message, conversation }: { message: Message; conversation: Conversation }) {
  const again = (): void =>
    attempt(alcove.conversations.regenerate({ conversationId: conversation.id, messageId: message.id }));
  return (
    <div className="turn-actions">
      <BranchSwitcher conversation={conversation} message={message} />
      {message.text !== '' && (
        <IconButton label="Copy answer" onClick={() => void copyText(message.text, 'Answer copied')}>
          <Copy />
        </IconButton>
      )}
      <IconButton label="Answer again" disabled={conversation.isAnswering} onClick={again}>
        <RefreshCw />
      </IconButton>
      <span className="answer-meta muted small tabular truncate">{metaWords(message)}</span>
    </div>
  );
}

function metaWords(message: Message): string {
  const tokens =
    message.usage && message.mode === 'generated' ? `${message.usage.completionTokens} tokens` : null;
  const took = message.durationMs === null ? null : duration(message.durationMs);
  return [message.modelName, tokens, took].filter((part) => part !== null).join(' · ');
}

function useCitationMarks({ citations }: Message) {
  return useMemo(() => {
    const find = (n: number): number => citations.findIndex((citation) => citation.n === n);
    const describe = (n: number): string => {
      const citation = citations[find(n)];
      return citation ? `${citation.relativePath}, ${placeOf(citation)}` : '';
    };
    return {
      numbers: citations.map((citation) => citation.n),
      paths: citations.map((citation) => citation.relativePath),
      describe,
      open: (n: number) => openEvidence(citations, find(n)),
    };
  }, [citations]);
}
