import { afterEach, describe, expect, it, vi } from 'vitest';
import { ingest } from '../../../../src/main/knowledge/ingest.ts';
import { makeLockedPdf, makePdf } from '../../../fixtures/documents/make-pdf.ts';
import { ingestText } from '../ingest-text.ts';

const lines = Array.from({ length: 60 }, (_, at) => `Line ${at} holds some words about heat pumps`);

describe('PDF', () => {
  afterEach(() => vi.restoreAllMocks());

  it('gives each chunk its page, and no chunk two', async () => {
    const { chunks, text, format } = await ingestText(
      'a.pdf',
      makePdf([['First page'], lines, ['Third page']]),
    );
    expect(format).toBe('pdf');
    expect(chunks.map(({ page }) => page)).toEqual([1, 2, 2, 3]);
    expect(chunks.at(-1)?.text).toBe('Third page');
    expect(text.split('\n')[(chunks.at(-1)?.startLine ?? 0) - 1]).toBe('Third page');
  });

  it('keeps lines as they are set and reads the title', async () => {
    const { text, title } = await ingestText(
      'a.pdf',
      makePdf([['One (two) three', 'four']], { title: 'Report' }),
    );
    expect(text).toBe('One (two) three\nfour');
    expect(title).toBe('Report');
  });

  it('counts pages without text, so that later pages keep their number', async () => {
    const { chunks } = await ingestText('a.pdf', makePdf([[], ['Words'], [], ['More']]));
    expect(chunks.map(({ page }) => page)).toEqual([2, 4]);
  });

  it('says that a PDF is scanned when no page has text', async () => {
    const reading = ingest({ path: 'a.pdf', bytes: makePdf([[], [], []]) });
    await expect(reading).rejects.toThrow(/^No text in this PDF: its 3 pages are scanned images/);
    await expect(ingest({ path: 'a.pdf', bytes: makePdf([[]]) })).rejects.toThrow(/its only page is/);
  });

  it('says that a password is missing', async () => {
    await expect(ingest({ path: 'a.pdf', bytes: makeLockedPdf() })).rejects.toThrow(
      /protected by a password/,
    );
  });

  it('says that a file is no PDF', async () => {
    await expect(ingest({ path: 'a.pdf', bytes: Buffer.from('hello') })).rejects.toThrow(/damaged/);
  });

  it.each([0.1, 0.5, 0.9, 0.99])(
    'reads what is left of a PDF cut at %d, or says that it cannot',
    async (part) => {
      const whole = makePdf([['First page'], lines, ['Third page']]);
      const cut = whole.slice(0, Math.floor(whole.length * part));
      const outcome = await ingestText('cut.pdf', cut).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'document_unreadable' });
      else expect(outcome).toMatchObject({ format: 'pdf' });
    },
  );

  it('stops between pages when the signal is aborted', async () => {
    const controller = new AbortController();
    const reading = ingest({
      path: 'a.pdf',
      bytes: makePdf(Array.from({ length: 300 }, () => lines)),
      signal: controller.signal,
    });
    setImmediate(() => controller.abort());
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves the bytes it was given to the caller and prints nothing', async () => {
    const warn = vi.spyOn(console, 'warn');
    const log = vi.spyOn(console, 'log');
    const bytes = makePdf([['Words']]);
    await ingest({ path: 'a.pdf', bytes });
    expect(bytes.length).toBeGreaterThan(100);
    expect([...warn.mock.calls, ...log.mock.calls]).toEqual([]);
  });
});
