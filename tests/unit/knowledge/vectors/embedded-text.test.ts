import { describe, expect, it } from 'vitest';
import { embeddedText } from '../../../../src/main/knowledge/vectors/embedded-text.ts';

describe('embeddedText', () => {
  it('says where the chunk stands before its text', () => {
    const chunk = { relativePath: 'src/a.ts', heading: null, symbol: 'Store.open', text: 'open() {}' };
    expect(embeddedText(chunk)).toBe('src/a.ts: Store.open\nopen() {}');
    expect(embeddedText({ ...chunk, symbol: null, heading: 'Guide > Install' })).toBe(
      'src/a.ts: Guide > Install\nopen() {}',
    );
    expect(embeddedText({ ...chunk, symbol: null })).toBe('src/a.ts\nopen() {}');
  });
});
