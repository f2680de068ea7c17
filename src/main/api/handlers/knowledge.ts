import { api } from '../context.ts';
import { requireDesktop } from '../require-desktop.ts';
import { latestValues } from '../subscription.ts';

export const knowledgeHandlers = api.knowledge.router({
  state: api.knowledge.state.handler(({ context }) => context.services.knowledge.state()),
  watch: api.knowledge.watch.handler(({ context, signal }) =>
    latestValues((listener) => context.services.knowledge.watch(listener), signal),
  ),
  addSource: api.knowledge.addSource.handler(({ context, input }) =>
    context.services.knowledge.addSource(input.path),
  ),
  removeSource: api.knowledge.removeSource.handler(({ context, input }) =>
    context.services.knowledge.removeSource(input.sourceId),
  ),
  pauseSource: api.knowledge.pauseSource.handler(({ context, input }) =>
    context.services.knowledge.pauseSource(input.sourceId),
  ),
  resumeSource: api.knowledge.resumeSource.handler(({ context, input }) =>
    context.services.knowledge.resumeSource(input.sourceId),
  ),
  refreshSource: api.knowledge.refreshSource.handler(({ context, input }) =>
    context.services.knowledge.refreshSource(input.sourceId),
  ),
  cancelIndexing: api.knowledge.cancelIndexing.handler(({ context, input }) =>
    context.services.knowledge.cancelIndexing(input.sourceId),
  ),
  files: api.knowledge.files.handler(({ context, input }) => context.services.knowledge.files(input)),
  search: api.knowledge.search.handler(({ context, input, signal }) =>
    context.services.knowledge.search(input, signal),
  ),
  document: api.knowledge.document.handler(({ context, input, signal }) =>
    context.services.knowledge.document(input, signal),
  ),
  documentBytes: api.knowledge.documentBytes.handler(({ context, input }) =>
    context.services.knowledge.documentBytes(input),
  ),
  openDocument: api.knowledge.openDocument.handler(async ({ context, input }) => {
    const desktop = requireDesktop(context.door);
    await desktop.openPath(await context.services.knowledge.documentPath(input.documentId));
  }),
  revealDocument: api.knowledge.revealDocument.handler(async ({ context, input }) => {
    const desktop = requireDesktop(context.door);
    desktop.revealPath(await context.services.knowledge.documentPath(input.documentId));
  }),
});
