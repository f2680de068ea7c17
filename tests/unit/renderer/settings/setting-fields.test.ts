import { settings, settingsPatch } from '@contract/settings';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingFields } from '../../../../src/renderer/features/settings/setting-fields.ts';

const fields = settingFields(z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }));
const field = (key: string) => fields.find((candidate) => candidate.key === key);

describe('settingFields', () => {
  it('has a field with a label in words for every setting', () => {
    expect(fields.map(({ key }) => key)).toEqual(Object.keys(settings.shape));
    for (const { key, label } of fields) expect(label).not.toBe(key);
  });

  it('takes choices, limits and switches from the schema', () => {
    expect(field('theme')).toMatchObject({ kind: 'choice', options: ['system', 'light', 'dark'] });
    expect(field('passagesPerAnswer')).toMatchObject({ kind: 'number', min: 1, max: 30 });
    expect(field('sendWithEnter')).toMatchObject({ kind: 'switch' });
    expect(field('modelsFolder')).toMatchObject({ kind: 'text' });
  });

  it('offers nothing the contract would refuse', () => {
    for (const { key, ...rest } of fields) {
      const values =
        rest.kind === 'choice' ? rest.options : rest.kind === 'number' ? [rest.min, rest.max] : [];
      for (const value of values) expect(settingsPatch.safeParse({ [key]: value }).success).toBe(true);
    }
  });
});
