import { AppError } from '../../platform/app-error.ts';
import { loadBuiltInEmbedder } from './built-in-embedder.ts';

/** Whether the weights that ship can be used. Without them search goes on by words alone. */
export function checkEmbedder(weightsPath?: string): { state: 'ok' | 'failed'; detail: string } {
  try {
    const { dimensions } = loadBuiltInEmbedder(weightsPath);
    return { state: 'ok', detail: `Ready, ${dimensions} dimensions.` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { state: 'failed', detail: error.message };
  }
}
