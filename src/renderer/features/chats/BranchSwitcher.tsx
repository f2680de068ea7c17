import type { Conversation, Message } from '@contract/conversations';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { alcove } from '../../client/alcove.ts';
import { IconButton } from '../../components/Button.tsx';
import { attempt } from '../../workspace/toasts.ts';
import { branchPlace } from './branch.ts';

/** Steps through the versions of a message; nothing when there is only one. */
export function BranchSwitcher({ conversation, message }: { conversation: Conversation; message: Message }) {
  const { siblings, index } = branchPlace(conversation.messages, message);
  if (siblings.length < 2) return null;
  const show = (sibling: Message | undefined): void => {
    if (sibling) {
      attempt(alcove.conversations.selectBranch({ conversationId: conversation.id, messageId: sibling.id }));
    }
  };
  return (
    <span className="branches" role="group" aria-label="Versions">
      <IconButton label="Earlier version" disabled={index === 0} onClick={() => show(siblings[index - 1])}>
        <ChevronLeft />
      </IconButton>
      <span className="small tabular muted" aria-label={`Version ${index + 1} of ${siblings.length}`}>
        {index + 1}/{siblings.length}
      </span>
      <IconButton
        label="Later version"
        disabled={index === siblings.length - 1}
        onClick={() => show(siblings[index + 1])}
      >
        <ChevronRight />
      </IconButton>
    </span>
  );
}
