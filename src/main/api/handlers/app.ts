import type { AppCommand } from '@contract/app';
import { api } from '../context.ts';
import { requireDesktop } from '../require-desktop.ts';
import type { Desktop } from '../services.ts';
import { latestValues, type Subscribe } from '../subscription.ts';

export const appHandlers = api.app.router({
  info: api.app.info.handler(({ context }) => ({
    ...context.services.app.info,
    door: context.door.kind,
    capabilities: capabilitiesOf(context.door.desktop),
  })),
  doctor: api.app.doctor.handler(({ context }) => context.services.app.doctor()),
  commands: api.app.commands.handler(({ context, signal }) =>
    latestValues(commandsOf(context.door.desktop), signal),
  ),
  chooseFolder: api.app.chooseFolder.handler(({ context }) => requireDesktop(context.door).chooseFolder()),
  chooseModelFile: api.app.chooseModelFile.handler(({ context }) =>
    requireDesktop(context.door).chooseModelFile(),
  ),
  listFolders: api.app.listFolders.handler(({ context, input }) =>
    context.services.app.listFolders(input.path),
  ),
});

function capabilitiesOf(desktop: Desktop | null) {
  const hasDesktop = desktop !== null;
  return { chooseFiles: hasDesktop, openDocuments: hasDesktop, dropPaths: hasDesktop };
}

function commandsOf(desktop: Desktop | null): Subscribe<AppCommand> {
  return (listener) => desktop?.onCommand(listener) ?? (() => undefined);
}
