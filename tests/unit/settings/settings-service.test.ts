import { describe, expect, it } from 'vitest';
import { settings } from '@contract/settings';
import { openDatabase } from '../../../src/main/platform/database.ts';
import { settingsMigration } from '../../../src/main/settings/schema.ts';
import { SettingsService } from '../../../src/main/settings/settings-service.ts';
import type { SettingProblem } from '../../../src/main/settings/settings-service.ts';

const defaults = settings.parse({});
const open = () => openDatabase({ path: ':memory:', migrations: [settingsMigration], durability: 'full' });

function store(database: ReturnType<typeof open>, key: string, value: string) {
  database.prepare('INSERT INTO settings (key, value) VALUES (?, ?)').run(key, value);
}

describe('SettingsService', () => {
  it('starts with the defaults', () => {
    expect(new SettingsService({ database: open() }).get()).toEqual(defaults);
  });

  it('keeps what was set, null among it, and only that', () => {
    const database = open();
    const service = new SettingsService({ database });
    service.update({ theme: 'dark', modelsFolder: '/models' });
    service.update({ modelsFolder: null });
    expect(new SettingsService({ database }).get()).toEqual({ ...defaults, theme: 'dark' });
    expect(database.prepare('SELECT key FROM settings ORDER BY key').all()).toHaveLength(2);
  });

  it('does not store fields that the patch leaves undefined', () => {
    const database = open();
    new SettingsService({ database }).update({ theme: undefined, sendWithEnter: false });
    expect(new SettingsService({ database }).get()).toEqual({ ...defaults, sendWithEnter: false });
  });

  it('refuses a value out of range and changes nothing', () => {
    const service = new SettingsService({ database: open() });
    expect(() => service.update({ theme: 'dark', passagesPerAnswer: 0 })).toThrow();
    expect(service.get()).toEqual(defaults);
  });

  it('falls back to the default of a damaged value, says so, and keeps the others', () => {
    const database = open();
    store(database, 'theme', '{half');
    store(database, 'passagesPerAnswer', '"many"');
    store(database, 'sendWithEnter', 'false');
    const problems: SettingProblem[] = [];
    const service = new SettingsService({ database, onProblem: (problem) => problems.push(problem) });
    expect(service.get()).toEqual({ ...defaults, sendWithEnter: false });
    expect(problems.map(({ key }) => key)).toEqual(['theme', 'passagesPerAnswer']);
  });

  it('leaves alone what a newer version stored', () => {
    const database = open();
    store(database, 'fromTheFuture', '1');
    new SettingsService({ database }).update({ theme: 'light' });
    expect(database.prepare(`SELECT value FROM settings WHERE key = 'fromTheFuture'`).get()).toEqual({
      value: '1',
    });
  });

  it('tells listeners of each change until they leave, and watchers the current settings at once', () => {
    const service = new SettingsService({ database: open() });
    const heard: string[] = [];
    const stopListening = service.onChange(({ theme }) => heard.push(`change ${theme}`));
    const stopWatching = service.watch(({ theme }) => heard.push(`watch ${theme}`));
    service.update({ theme: 'dark' });
    stopListening();
    stopWatching();
    service.update({ theme: 'light' });
    expect(heard).toEqual(['watch system', 'change dark', 'watch dark']);
  });
});
