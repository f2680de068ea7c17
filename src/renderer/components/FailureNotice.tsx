import type { ReactNode } from 'react';
import { toFailure } from '../client/failure.ts';
import { Notice } from './Notice.tsx';

/** Words for an error in the place where its content would be. */
export function FailureNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const failure = toFailure(error);
  return (
    <Notice tone="failure" title={failure.title} actions={actions}>
      {failure.detail}
    </Notice>
  );
}
