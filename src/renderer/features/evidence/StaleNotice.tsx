import { alcove } from '../../client/alcove.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { attempt } from '../../workspace/toasts.ts';

/** Says that the file changed after it was indexed, and offers to read it again. */
export function StaleNotice({ sourceId }: { sourceId: string }) {
  const refresh = (
    <Button className="button-small" onClick={() => attempt(alcove.knowledge.refreshSource({ sourceId }))}>
      Refresh its folder
    </Button>
  );
  return (
    <div className="evidence-stale">
      <Notice tone="waiting" title="This file changed after it was indexed" actions={refresh}>
        The marked passage may have moved.
      </Notice>
    </div>
  );
}
