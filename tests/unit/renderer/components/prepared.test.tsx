import { Suspense } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { prepared } from '../../../../src/renderer/components/prepared.tsx';

function Greeting({ name }: { name: string }) {
  return <p>Good day, {name}</p>;
}

const draw = (Part: ReturnType<typeof prepared<{ name: string }>>) =>
  renderToStaticMarkup(
    <Suspense fallback={<i>Opening</i>}>
      <Part name="Ada" />
    </Suspense>,
  );

describe('prepared', () => {
  it('is drawn at once when it was fetched before, and later otherwise', async () => {
    const Part = prepared(() => Promise.resolve({ default: Greeting }));
    expect(draw(Part)).toContain('Opening');
    Part.prepare();
    await vi.waitFor(() => expect(draw(Part)).toBe('<p>Good day, Ada</p>'));
  });

  it('can be fetched again after a failure', async () => {
    const load = vi.fn(() => Promise.resolve({ default: Greeting }));
    load.mockRejectedValueOnce(new Error('not there'));
    const Part = prepared(load);
    Part.prepare();
    await Promise.resolve();
    Part.prepare();
    await vi.waitFor(() => expect(draw(Part)).toContain('Ada'));
  });
});
