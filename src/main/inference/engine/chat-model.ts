import {
  EmptyChatWrapper,
  GeneralChatWrapper,
  LlamaChat,
  resolveChatWrapper,
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaContext,
  type LlamaModel,
} from 'node-llama-cpp';
import { AppError } from '../../platform/app-error.ts';
import type { ChatTurn, GenerateInput, GenerateOutput, LoadedModelInfo, LoadInput } from '../engine-api.ts';
import { contextLimit, describeLoaded, loadModel, translateLoadErrors } from './load-model.ts';
import { spellingOf, type Spelling } from './spelling.ts';

/** Below this there is no room for an answer worth reading. */
const minAnswerTokens = 16;

/** A chat model with its one context; whoever made it disposes it. */
export class ChatModel {
  readonly info: LoadedModelInfo;
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #chat: LlamaChat;
  readonly #spell: Spelling;

  private constructor(info: LoadedModelInfo, model: LlamaModel, context: LlamaContext) {
    this.info = info;
    this.#model = model;
    this.#context = context;
    this.#spell = spellingOf(model);
    this.#chat = new LlamaChat({
      contextSequence: context.getSequence(),
      chatWrapper: chatWrapperOf(model, this.#spell),
    });
  }

  static async load(input: LoadInput, signal: AbortSignal): Promise<ChatModel> {
    const model = await loadModel(input, signal);
    try {
      return await translateLoadErrors(input, signal, async () => {
        const context = await model.createContext({
          contextSize: { max: contextLimit(input, model) },
          createSignal: signal,
        });
        return new ChatModel(describeLoaded(input, model, context.contextSize), model, context);
      });
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  /**
   * Writes an answer, calling `onText` with its pieces. The signal stops the native work after the current token.
   *
   * @throws AppError `context_too_small` when the prompt leaves no room for an answer.
   */
  async generate(
    input: GenerateInput,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<GenerateOutput> {
    const history = chatHistory(input.messages, this.#spell);
    const promptTokens = this.#countPrompt(history);
    const room = this.info.contextSize - promptTokens - 1;
    if (room < minAnswerTokens) throw tooLong(promptTokens, this.info);
    const before = this.#chat.sequence.tokenMeter.getState();
    const { metadata } = await this.#chat.generateResponse(history, {
      signal,
      onTextChunk: onText,
      maxTokens: Math.min(input.maxTokens, room),
      temperature: input.temperature,
      ...(input.topP !== undefined && { topP: input.topP }),
      ...(input.seed !== undefined && { seed: input.seed }),
    });
    const { usedOutputTokens } = this.#chat.sequence.tokenMeter.diff(before);
    return {
      usage: { promptTokens, completionTokens: usedOutputTokens },
      stopReason: metadata.stopReason === 'maxTokens' ? 'length' : 'end',
    };
  }

  countTokens(texts: readonly string[]): number[] {
    return texts.map((text) => this.#model.tokenize(this.#spell(text)).length);
  }

  async dispose(): Promise<void> {
    this.#chat.dispose();
    await this.#context.dispose();
    await this.#model.dispose();
  }

  /** The prompt exactly as the chat template will write it. */
  #countPrompt(history: ChatHistoryItem[]): number {
    const { contextText } = this.#chat.chatWrapper.generateContextState({ chatHistory: history });
    return contextText.tokenize(this.#model.tokenizer).length;
  }
}

/** The model's own chat format; a plain one for models that bring none. */
function chatWrapperOf(model: LlamaModel, spell: Spelling): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer.chat_template;
  if (template !== undefined) return resolveChatWrapper(model, { warningLogs: false });
  // The plain format marks turns with `###`.
  return spell('#') === '#' ? new GeneralChatWrapper() : new EmptyChatWrapper();
}

/** Ends with the empty answer that the model is to fill. */
function chatHistory(messages: readonly ChatTurn[], spell: Spelling): ChatHistoryItem[] {
  const turns = messages.map(({ role, content }): ChatHistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [spell(content)] };
    return { type: role, text: spell(content) };
  });
  return [...turns, { type: 'model', response: [''] }];
}

function tooLong(promptTokens: number, { contextSize }: LoadedModelInfo): AppError {
  return new AppError(
    'context_too_small',
    `The question and its passages take ${promptTokens} tokens, but the model can hold ${contextSize}. Ask something shorter, or choose a model with a longer context.`,
  );
}
