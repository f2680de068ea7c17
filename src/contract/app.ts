import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

export const appInfo = z.object({
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  dataDir: z.string(),
  /** Which door this client came through. */
  door: z.enum(['window', 'browser']),
  /** What this door can do; clients read capabilities, never the door's kind. */
  capabilities: z.object({
    chooseFiles: z.boolean(),
    openDocuments: z.boolean(),
    dropPaths: z.boolean(),
  }),
});
export type AppInfo = z.infer<typeof appInfo>;

export const healthCheck = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  /** One sentence: what was found and, unless ok, what to do next. */
  detail: z.string(),
});
export type HealthCheck = z.infer<typeof healthCheck>;

/** A folder as shown by the folder picker of doors that have no system dialog. */
export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof folderListing>;

/** Something another part of the app asks the window to do: a menu item, a second launch. */
export const appCommand = z.object({
  command: z.enum(['new-chat', 'search', 'open-settings', 'open-knowledge', 'add-folder']),
});
export type AppCommand = z.infer<typeof appCommand>;

export const app = {
  info: procedure.output(appInfo),
  doctor: procedure.output(z.array(healthCheck)),
  commands: procedure.output(eventIterator(appCommand)),
  /** System dialog for a folder; null when the user closes it. Needs `capabilities.chooseFiles`. */
  chooseFolder: procedure.output(z.string().nullable()),
  /** System dialog for a GGUF file; null when the user closes it. Needs `capabilities.chooseFiles`. */
  chooseModelFile: procedure.output(z.string().nullable()),
  /** Folders inside `path` (the home folder when absent). */
  listFolders: procedure.input(z.object({ path: z.string().optional() })).output(folderListing),
};
