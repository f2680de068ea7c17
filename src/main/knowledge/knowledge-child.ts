import { serveChild } from '../platform/child-server.ts';
import type { Remote } from '../platform/child-server.ts';
import type { EmbedderDescription, KnowledgeApi, KnowledgeParentApi } from './knowledge-api.ts';
import { Knowledge } from './knowledge.ts';
import type { Embedder } from './vectors/embedder.ts';

/** Entry of the knowledge child: the whole domain, served to the main process. */
const parent = serveChild<KnowledgeApi, KnowledgeParentApi>({
  handlers: {
    state: async () => (await opened).state(),
    watch: async (_, { signal, sendDelta }) => {
      const knowledge = await opened;
      sendDelta(knowledge.state());
      const stop = knowledge.onChange(sendDelta);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      stop();
      return null;
    },
    addSource: async ({ path }) => {
      const knowledge = await opened;
      const source = await knowledge.addSource(path);
      knowledge.refreshSource(source.id);
      return source;
    },
    removeSource: ({ sourceId }) => done((knowledge) => knowledge.removeSource(sourceId)),
    pauseSource: ({ sourceId }) => done((knowledge) => knowledge.pauseSource(sourceId)),
    resumeSource: ({ sourceId }) => done((knowledge) => knowledge.resumeSource(sourceId)),
    refreshSource: ({ sourceId }) => done((knowledge) => knowledge.refreshSource(sourceId)),
    cancelIndexing: ({ sourceId }) => done((knowledge) => knowledge.cancelIndexing(sourceId)),
    files: async (input) => (await opened).files(input),
    search: async (input, { signal }) => (await opened).search(input, signal),
    document: async ({ documentId, ...window }, { signal }) =>
      (await opened).document(documentId, window, signal),
    documentBytes: async ({ documentId, ...range }) => (await opened).documentBytes(documentId, range),
    documentPath: async ({ documentId }) => (await opened).documentPath(documentId),
    setEmbedder: (description) => done((knowledge) => knowledge.setEmbedder(embedderOf(description))),
    updateSettings: (settings) => done((knowledge) => knowledge.updateSettings(settings)),
  },
  onShutdown: async () => (await opened).close(),
});

const opened = open(parent);
// A failure to open is the answer to every request; without any, it is nobody's.
opened.catch(() => undefined);

async function open(remote: Remote<KnowledgeParentApi>): Promise<Knowledge> {
  const { dataDir, settings, embedder } = await remote.request('configuration', null);
  const knowledge = Knowledge.open({ dataDir, settings });
  await knowledge.setEmbedder(embedderOf(embedder));
  knowledge.start();
  return knowledge;
}

function embedderOf(description: EmbedderDescription | null): Embedder | null {
  if (description === null) return null;
  return {
    ...description,
    embed: (texts, signal) => parent.request('embed', { key: description.key, texts }, { signal }),
  };
}

async function done(work: (knowledge: Knowledge) => void | Promise<void>): Promise<null> {
  await work(await opened);
  return null;
}
