import { lazy } from 'react';

const load = () => import('../features/search/Palette.tsx');

export const Palette = lazy(load);

/** Fetches the palette ahead of its first use, so that what is typed at once is not lost. */
export function preparePalette(): void {
  load().catch(() => {
    // Fetched again, and its failure shown, when the palette is opened.
  });
}
