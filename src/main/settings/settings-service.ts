import { settings as settingsSchema, settingsPatch } from '@contract/settings';
import type { Settings, SettingsPatch } from '@contract/settings';
import { transaction } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';

export type SettingsListener = (settings: Settings) => void;

/** A stored value that could not be used; its default serves until it is set again. */
export interface SettingProblem {
  key: string;
  detail: string;
}

export interface SettingsServiceOptions {
  /** A database that `settingsMigration` has prepared. */
  database: Database;
  onProblem?: (problem: SettingProblem) => void;
}

type SettingKey = keyof Settings;

const settingKeys = Object.keys(settingsSchema.shape) as SettingKey[];

/** The user's settings, kept in memory and saved as one row each. */
export class SettingsService {
  readonly #database: Database;
  readonly #listeners = new Set<SettingsListener>();
  #settings: Settings;

  constructor({ database, onProblem }: SettingsServiceOptions) {
    this.#database = database;
    this.#settings = readSettings(database, onProblem);
  }

  get(): Settings {
    return this.#settings;
  }

  /**
   * Saves the fields of `patch`; the others keep their values.
   *
   * @throws ZodError when a value is outside its range; nothing is saved then.
   */
  update(patch: SettingsPatch): Settings {
    const changes = Object.entries(settingsPatch.parse(patch)).filter(([, value]) => value !== undefined);
    const next = settingsSchema.parse({ ...this.#settings, ...Object.fromEntries(changes) });
    transaction(this.#database, () => {
      const save = this.#database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
      for (const [key, value] of changes) save.run(key, JSON.stringify(value));
    });
    this.#settings = next;
    for (const listener of [...this.#listeners]) listener(next);
    return next;
  }

  /** Calls `listener` after each update. Returns what removes it. */
  onChange(listener: SettingsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Like `onChange`, with the current settings at once. */
  watch(listener: SettingsListener): () => void {
    const unsubscribe = this.onChange(listener);
    listener(this.#settings);
    return unsubscribe;
  }
}

/** Rows of settings this version does not know are left alone: a newer Alcove may have written them. */
function readSettings(database: Database, onProblem?: (problem: SettingProblem) => void): Settings {
  const values: Partial<Record<SettingKey, unknown>> = {};
  const select = database.prepare('SELECT value FROM settings WHERE key = ?');
  for (const key of settingKeys) {
    const row = select.get(key) as { value: string } | undefined;
    if (!row) continue;
    const parsed = parseValue(key, row.value);
    if ('detail' in parsed) onProblem?.({ key, detail: parsed.detail });
    else values[key] = parsed.value;
  }
  return settingsSchema.parse(values);
}

function parseValue(key: SettingKey, json: string): { value: unknown } | { detail: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { detail: 'The stored value is not JSON.' };
  }
  const result = settingsSchema.shape[key].safeParse(value);
  if (result.success) return { value: result.data };
  return { detail: result.error.issues.map((issue) => issue.message).join('; ') };
}
