import type { Citation, Usage } from '@contract/conversations';
import type { AnswerMode, AnswerProgress, AnswerService } from './answering/answer-service.ts';

export interface AskOnceRequest {
  question: string;
  /** Sources to search; all when absent. */
  sourceIds?: readonly string[] | undefined;
  /** The default chat model when absent. */
  modelId?: string | undefined;
  signal: AbortSignal;
  onDelta?: ((text: string) => void) | undefined;
  onPhase?: ((phase: Extract<AnswerProgress, { type: 'phase' }>['phase']) => void) | undefined;
}

export interface AskOnceResult {
  answer: string;
  mode: AnswerMode;
  citations: Citation[];
  /** Name of the model that wrote it; null when it quotes. */
  model: string | null;
  usage: Usage | null;
  notice: string | null;
  durationMs: number;
}

/** Answers one question without a conversation and saves nothing. */
export async function askOnce(answers: AnswerService, request: AskOnceRequest): Promise<AskOnceResult> {
  const { question, sourceIds, modelId, signal, onDelta, onPhase } = request;
  const startedAt = performance.now();
  const answer = await answers.answer(
    { question, exchanges: [], sourceIds: sourceIds ?? null, modelId },
    {
      signal,
      onProgress: (progress) => {
        if (progress.type === 'delta') onDelta?.(progress.text);
        if (progress.type === 'phase') onPhase?.(progress.phase);
      },
    },
  );
  return {
    answer: answer.text,
    mode: answer.mode,
    citations: answer.citations,
    model: answer.modelName,
    usage: answer.usage,
    notice: answer.notice,
    durationMs: Math.round(performance.now() - startedAt),
  };
}
