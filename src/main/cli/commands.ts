import type { Command } from './command.ts';

export interface CommandEntry {
  summary: string;
  /** Loaded when asked for: `alcove search` must not pay for what `alcove serve` needs. */
  load: () => Promise<Command>;
}

/** Every command. Adding one is its file and a line here. */
export const commands: Record<string, CommandEntry> = {
  index: {
    summary: 'Add a folder, or look for changes in one',
    load: async () => (await import('./index-command.ts')).indexCommand,
  },
  search: {
    summary: 'Find passages',
    load: async () => (await import('./search-command.ts')).searchCommand,
  },
  ask: {
    summary: 'Answer a question from your folders, with citations',
    load: async () => (await import('./ask-command.ts')).askCommand,
  },
  sources: {
    summary: 'List or remove folders',
    load: async () => (await import('./sources-command.ts')).sourcesCommand,
  },
  models: {
    summary: 'List, add or choose models',
    load: async () => (await import('./models-command.ts')).modelsCommand,
  },
  serve: {
    summary: 'Open Alcove in the browser',
    load: async () => (await import('./serve-command.ts')).serveCommand,
  },
  doctor: {
    summary: 'Check this installation',
    load: async () => (await import('./doctor-command.ts')).doctorCommand,
  },
};
