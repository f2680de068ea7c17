import { describe, expect, it } from 'vitest';
import { dropKind } from '../../../../src/renderer/app/accept-drop.ts';

describe('dropKind', () => {
  it('takes GGUF files for models and folders for folders', () => {
    expect(dropKind('qwen.GGUF', false)).toBe('model');
    expect(dropKind('handbook', true)).toBe('folder');
    expect(dropKind('models.gguf', true)).toBe('folder');
  });

  it('refuses a single document', () => {
    expect(dropKind('notes.pdf', false)).toBe('file');
  });

  it('tries a thing as a folder when the system does not tell', () => {
    expect(dropKind('handbook', null)).toBe('folder');
    expect(dropKind('qwen.gguf', null)).toBe('model');
  });
});
