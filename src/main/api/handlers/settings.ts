import { api } from '../context.ts';
import { latestValues } from '../subscription.ts';

export const settingsHandlers = api.settings.router({
  get: api.settings.get.handler(({ context }) => context.services.settings.get()),
  watch: api.settings.watch.handler(({ context, signal }) =>
    latestValues((listener) => context.services.settings.watch(listener), signal),
  ),
  update: api.settings.update.handler(({ context, input }) => context.services.settings.update(input)),
});
