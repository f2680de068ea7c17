import { isCancellation, toFailure } from '../client/failure.ts';
import { createStore } from '../client/store.ts';

export interface Toast {
  id: number;
  tone: 'plain' | 'failure';
  title: string;
  detail: string | null;
  action: { label: string; run: () => void } | null;
}

const mostShown = 3;
let lastId = 0;

export const toasts = createStore<readonly Toast[]>([]);

export function showToast(toast: {
  title: string;
  tone?: Toast['tone'];
  detail?: string;
  action?: { label: string; run: () => void };
}): void {
  lastId += 1;
  const next: Toast = {
    id: lastId,
    tone: toast.tone ?? 'plain',
    title: toast.title,
    detail: toast.detail ?? null,
    action: toast.action ?? null,
  };
  toasts.update((shown) => [...shown, next].slice(-mostShown));
}

export function dismissToast(id: number): void {
  toasts.update((shown) => shown.filter((toast) => toast.id !== id));
}

/** Shows why something failed; a cancellation shows nothing. */
export function showFailure(error: unknown, action?: { label: string; run: () => void }): void {
  if (isCancellation(error)) return;
  const failure = toFailure(error);
  showToast({ tone: 'failure', title: failure.title, detail: failure.detail, ...(action ? { action } : {}) });
}

/** Runs something the user asked for and shows why if it fails. */
export function attempt(work: Promise<unknown>, action?: { label: string; run: () => void }): void {
  work.catch((error: unknown) => showFailure(error, action));
}
