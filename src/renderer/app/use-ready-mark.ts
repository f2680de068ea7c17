import { useEffect } from 'react';
import { useAppInfo } from '../workspace/app-info.ts';
import { prepareLaterParts } from './later-parts.ts';

/** Marks the moment the window can be used: drawn, and Alcove answering. The start-up benchmark reads the mark. */
export function useReadyMark(): void {
  const info = useAppInfo();
  useEffect(() => {
    if (!info || document.documentElement.dataset.ready === 'true') return;
    document.documentElement.dataset.platform = info.platform;
    document.documentElement.dataset.ready = 'true';
    performance.mark('alcove:interactive');
    prepareLaterParts();
  }, [info]);
}
