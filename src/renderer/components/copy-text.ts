import { showToast } from '../workspace/toasts.ts';

/** Copies text and says so; where the clipboard is refused, says that instead. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ title: done });
  } catch {
    showToast({
      tone: 'failure',
      title: 'The clipboard is not available',
      detail: 'Select the text and copy it.',
    });
  }
}
