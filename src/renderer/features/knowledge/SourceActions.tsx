import type { Source } from '@contract/knowledge';
import { RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { alcove } from '../../client/alcove.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { goTo } from '../../workspace/route.ts';
import { attempt } from '../../workspace/toasts.ts';

/** Refresh and remove. Removing an index cannot be undone, so it asks once, in place. */
export function SourceActions({ source, isBusy }: { source: Source; isBusy: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const sourceId = source.id;
  if (isAsking) {
    const remove = async (): Promise<void> => {
      await alcove.knowledge.removeSource({ sourceId });
      goTo({ view: 'knowledge', sourceId: null });
    };
    return (
      <div className="source-confirm" role="group" aria-label={`Remove ${source.name}`}>
        <span className="small">Remove its index? The folder itself stays.</span>
        <Button tone="danger" className="button-small" autoFocus onClick={() => attempt(remove())}>
          Remove
        </Button>
        <Button className="button-small" onClick={() => setIsAsking(false)}>
          Keep
        </Button>
      </div>
    );
  }
  return (
    <div className="source-actions">
      <IconButton
        label={`Look for changes in ${source.name}`}
        disabled={isBusy || !source.isReachable}
        onClick={() => attempt(alcove.knowledge.refreshSource({ sourceId }))}
      >
        <RefreshCw />
      </IconButton>
      <IconButton label={`Remove ${source.name}`} onClick={() => setIsAsking(true)}>
        <Trash2 />
      </IconButton>
    </div>
  );
}
