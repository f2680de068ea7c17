import { serveChild } from '../platform/child-server.ts';
import type { EngineApi } from './engine-api.ts';
import { llamaRuntime } from './engine/llama-runtime.ts';
import { ResidentModels } from './engine/resident-models.ts';

// node-llama-cpp tries its binaries in a forked process, which must not inherit this one's flags.
process.execArgv = [];

const models = new ResidentModels();

serveChild<EngineApi>({
  handlers: {
    describe: async () => (await llamaRuntime()).description,
    load: (input, { signal }) => models.load(input, signal),
    unload: async ({ modelPath }) => {
      await models.unload(modelPath);
      return null;
    },
    generate: (input, { signal, sendDelta }) =>
      models.chat.use({ modelPath: input.modelPath, role: 'chat' }, signal, (model) =>
        model.generate(input, (text) => sendDelta({ text }), signal),
      ),
    countTokens: ({ modelPath, texts }, { signal }) => {
      const slot = models.embedding.modelPath === modelPath ? models.embedding : models.chat;
      const role = slot === models.embedding ? 'embedding' : 'chat';
      return slot.use({ modelPath, role }, signal, async (model) => model.countTokens(texts));
    },
    // One turn of the queue per text: a question's embedding does not wait for a whole batch of passages.
    embed: async ({ modelPath, texts }, { signal }) => {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        const input = { modelPath, role: 'embedding' } as const;
        vectors.push(await models.embedding.use(input, signal, (model) => model.embed(text)));
      }
      return vectors;
    },
  },
  onShutdown: () => models.unload(),
});
