import type { Settings } from '@contract/settings';

/** A setting as the page draws it: its words, and what it may hold. */
export type SettingField = { key: keyof Settings; label: string; description: string | null } & (
  | { kind: 'choice'; options: string[] }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'switch' }
  | { kind: 'text' }
);

interface PropertySchema {
  type?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  label?: unknown;
  description?: string;
}

/** The fields of a settings page from the JSON schema of the settings. A new setting appears without a change here. */
export function settingFields(schema: { properties?: Record<string, unknown> }): SettingField[] {
  return Object.entries(schema.properties ?? {}).map(([key, property]) =>
    fieldOf(key as keyof Settings, property as PropertySchema),
  );
}

function fieldOf(key: keyof Settings, property: PropertySchema): SettingField {
  const words = {
    key,
    label: typeof property.label === 'string' ? property.label : key,
    description: property.description ?? null,
  };
  if (property.enum) return { ...words, kind: 'choice', options: property.enum.map(String) };
  if (property.type === 'boolean') return { ...words, kind: 'switch' };
  if (property.type === 'integer' || property.type === 'number') {
    const { minimum: min = 0, maximum: max = Number.MAX_SAFE_INTEGER } = property;
    return { ...words, kind: 'number', min, max };
  }
  return { ...words, kind: 'text' };
}

/** `system` as `System`. */
export function optionLabel(option: string): string {
  return option.charAt(0).toUpperCase() + option.slice(1).replaceAll('-', ' ');
}
