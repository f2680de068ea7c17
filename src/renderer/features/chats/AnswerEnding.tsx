import type { Message } from '@contract/conversations';
import { alcove } from '../../client/alcove.ts';
import { failureOf } from '../../client/failure.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { goTo } from '../../workspace/route.ts';
import { attempt } from '../../workspace/toasts.ts';

/** How an answer ended when it did not simply end, what is worth knowing about it, and the next step. */
export function AnswerEnding({ message, conversationId }: { message: Message; conversationId: string }) {
  const again = (
    <Button
      className="button-small"
      onClick={() => attempt(alcove.conversations.regenerate({ conversationId, messageId: message.id }))}
    >
      Answer again
    </Button>
  );
  return (
    <>
      {message.notice !== null && <p className="answer-notice">{message.notice}</p>}
      {message.status === 'failed' && <Failed message={message} again={again} />}
      {message.status === 'interrupted' && (
        <Notice tone="waiting" title="Alcove was closed while this was being written" actions={again}>
          What had arrived is kept.
        </Notice>
      )}
      {message.status === 'stopped' && (
        <p className="answer-notice">You stopped this answer. What had arrived is kept.</p>
      )}
      {message.mode === 'extractive' && <NextStep hasQuotes={message.citations.length > 0} />}
    </>
  );
}

/** What helps most after an answer without a model: a model, or, when nothing was found, a look at what is indexed. */
function NextStep({ hasQuotes }: { hasQuotes: boolean }) {
  return hasQuotes ? (
    <p className="answer-notice">
      A model on this computer can answer in its own words.{' '}
      <button type="button" className="link" onClick={() => goTo({ view: 'models' })}>
        Add a model
      </button>
    </p>
  ) : (
    <p className="answer-notice">
      <button type="button" className="link" onClick={() => goTo({ view: 'knowledge', sourceId: null })}>
        Open Knowledge
      </button>
    </p>
  );
}

function Failed({ message, again }: { message: Message; again: React.ReactNode }) {
  const failure = failureOf(message.failure?.code ?? 'internal', message.failure?.message ?? '');
  const isAboutModel = failure.code.startsWith('model_') || failure.code === 'context_too_small';
  const models = (
    <Button className="button-small" onClick={() => goTo({ view: 'models' })}>
      Open Models
    </Button>
  );
  return (
    <Notice tone="failure" title={failure.title} actions={isAboutModel ? models : again}>
      {failure.detail}
    </Notice>
  );
}
