import { AnswerService } from '../conversations/answering/answer-service.ts';
import { askOnce, type AskOnceResult } from '../conversations/ask-once.ts';
import type { Retriever } from '../conversations/ports.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { type Command, stringOption, wordsArgument } from './command.ts';
import { type OpenedModels, openModelsOf } from './open-models.ts';

const phaseWords = {
  retrieving: 'Searching your files',
  'loading-model': 'Loading the model',
  reading: 'Reading the passages',
  writing: 'Writing',
} as const;

/** Answers one question without keeping it. Works beside a running Alcove. */
export const askCommand: Command = {
  usage: 'ask <question> [--model <name>] [--json]',
  options: { model: { type: 'string' } },
  details: [
    '  --model  a model of the library instead of the default one',
    '',
    'JSON: {"answer","mode":"generated"|"extractive","citations":[{"n","path","startLine","endLine","page"}],"model",',
    '       "usage":{"promptTokens","completionTokens"},"durationMs"}. usage is null for an extractive answer.',
  ].join('\n'),
  run: async ({ positionals, values, dataDir, signal, isJson, output }) => {
    const question = wordsArgument(positionals, 'question');
    const modelName = stringOption(values, 'model');
    const opened = openModelsOf(dataDir);
    const maxFileBytes = opened.settings.get().maxFileMegabytes * 1_048_576;
    let knowledge: Knowledge | undefined;
    try {
      knowledge = Knowledge.open({ dataDir, settings: { maxFileBytes }, isReadOnly: true });
      await knowledge.setEmbedder(await opened.models.services.embedder(signal));
      const answers = answersOver(opened, knowledge);
      const modelId = modelName && (await opened.models.library.find(modelName)).id;
      const onPhase = (phase: keyof typeof phaseWords): void => output.progress(phaseWords[phase]);
      const result = await askOnce(answers, { question, modelId, signal, onPhase });
      output.result(isJson ? JSON.stringify(asJson(result)) : asText(result));
    } finally {
      await knowledge?.close();
      await opened.close();
    }
  },
};

function answersOver({ models, settings }: OpenedModels, knowledge: Knowledge): AnswerService {
  const retriever: Retriever = {
    search: (input, signal) => knowledge.search(input, signal),
    hasSources: async () => knowledge.state().sources.length > 0,
  };
  const passagesPerAnswer = () => settings.get().passagesPerAnswer;
  return new AnswerService({ retriever, models: models.chatModels, passagesPerAnswer });
}

function asJson({ answer, mode, citations, model, usage, durationMs }: AskOnceResult) {
  return {
    answer,
    mode,
    citations: citations.map(({ n, path, startLine, endLine, page }) => ({
      n,
      path,
      startLine,
      endLine,
      page,
    })),
    model,
    usage,
    durationMs,
  };
}

function asText({ answer, citations, notice }: AskOnceResult): string {
  const places = citations.map(
    ({ n, path, startLine, page }) => `[${n}] ${path}${page === null ? `:${startLine}` : `, page ${page}`}`,
  );
  return [answer, ...(notice ? [notice] : []), ...(places.length > 0 ? [places.join('\n')] : [])].join(
    '\n\n',
  );
}
