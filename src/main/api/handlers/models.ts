import { api } from '../context.ts';
import { latestValues } from '../subscription.ts';

export const modelHandlers = api.models.router({
  state: api.models.state.handler(({ context }) => context.services.models.state()),
  watch: api.models.watch.handler(({ context, signal }) =>
    latestValues((listener) => context.services.models.watch(listener), signal),
  ),
  add: api.models.add.handler(({ context, input }) => context.services.models.add(input)),
  remove: api.models.remove.handler(async ({ context, input }) => {
    await context.services.models.remove(input.modelId);
  }),
  setDefault: api.models.setDefault.handler(async ({ context, input }) => {
    await context.services.models.setDefault(input.role, input.modelId);
  }),
  load: api.models.load.handler(({ context, input, signal }) =>
    context.services.models.load(input.modelId, signal),
  ),
  unload: api.models.unload.handler(({ context, input }) => context.services.models.unload(input.modelId)),
  rescan: api.models.rescan.handler(({ context }) => context.services.models.rescan()),
});
