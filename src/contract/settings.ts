import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

/** Every setting: its type, default and the words the settings page shows. Adding one is one field here. */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system').meta({ label: 'Appearance' }),
  passagesPerAnswer: z
    .number()
    .int()
    .min(1)
    .max(30)
    .default(8)
    .meta({ label: 'Passages per answer', description: 'How many passages an answer may draw on.' }),
  maxFileMegabytes: z.number().int().min(1).max(2_000).default(50).meta({
    label: 'Largest file to index, in MB',
    description: 'Larger files are skipped and listed as such.',
  }),
  modelsFolder: z.string().nullable().default(null).meta({
    label: 'Models folder',
    description: 'Where Alcove looks for GGUF files beside its own folder.',
  }),
  sendWithEnter: z
    .boolean()
    .default(true)
    .meta({ label: 'Send with Enter', description: 'Shift and Enter starts a new line.' }),
});
export type Settings = z.infer<typeof settings>;

type Shape = typeof settings.shape;
type PatchShape = { [Key in keyof Shape]: z.ZodOptional<ReturnType<Shape[Key]['unwrap']>> };

/** Some of the settings. Built without the defaults: an absent field must stay absent, not become its default. */
export const settingsPatch = z.strictObject(
  Object.fromEntries(
    Object.entries(settings.shape).map(([key, field]) => [key, field.unwrap().optional()]),
  ) as PatchShape,
);
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const settingsContract = {
  get: procedure.output(settings),
  /** The settings at once, then again after each change. */
  watch: procedure.output(eventIterator(settings)),
  update: procedure.input(settingsPatch).output(settings),
};
