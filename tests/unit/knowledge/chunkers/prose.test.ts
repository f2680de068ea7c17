import { describe, expect, it } from 'vitest';
import { ingestText } from '../ingest-text.ts';

const paragraph = 'A sentence of plain words that fills this paragraph well. '.repeat(6).trim();

async function headingsOf(text: string): Promise<(string | null)[]> {
  return (await ingestText('a.md', text)).chunks.map(({ heading }) => heading);
}

describe('Markdown', () => {
  it('follows headings and keeps their path', async () => {
    const text = `Before.\n${paragraph}\n\n# Guide\n\n${paragraph}\n\n## Install\n${paragraph}\n\n### Linux\n${paragraph}\n\n## Use\n${paragraph}\n\n# End\n${paragraph}\n`;
    expect(await headingsOf(text)).toEqual([
      null,
      'Guide',
      'Guide > Install',
      'Guide > Install > Linux',
      'Guide > Use',
      'End',
    ]);
  });

  it('joins a heading without text of its own with the section below it', async () => {
    const text = `# Guide\n\n## Install\n\n${paragraph}\n`;
    const { chunks, title } = await ingestText('a.md', text);
    expect(title).toBe('Guide');
    expect(chunks).toMatchObject([{ heading: 'Guide > Install', startLine: 1, endLine: 5 }]);
  });

  it('joins tiny sections under what their headings share', async () => {
    expect(await headingsOf('# Log\n## 1.1\nFixed.\n## 1.0\nFirst.\n')).toEqual(['Log']);
  });

  it('knows underlined headings, but not lists, tables or rules', async () => {
    const text = `Guide\n=====\n${paragraph}\n\nInstall\n-------\n${paragraph}\n\n- item\n---\n\n| a |\n|---|\n${paragraph}\n`;
    expect(new Set(await headingsOf(text))).toEqual(new Set(['Guide', 'Guide > Install']));
  });

  it('ignores headings in fenced code and front matter, and takes the title from there', async () => {
    const text = `---\ntitle: "My notes"\n# not: this\n---\n\`\`\`sh\n# nor this\n\`\`\`\n\n# Real\n${paragraph}\n`;
    const { chunks, title } = await ingestText('a.md', text);
    expect(title).toBe('My notes');
    expect(chunks.map(({ heading }) => heading)).toEqual(['Real']);
  });

  it('strips marks from headings', async () => {
    const text = `# The \`run\` [command](https://x.y) **now** ##\n${paragraph}\n`;
    expect(await headingsOf(text)).toEqual(['The run command now']);
  });

  it('does not end a chunk inside fenced code while it fits', async () => {
    const code = `\`\`\`ts\n${'let a = 1;\n\n'.repeat(40)}\`\`\``;
    const { chunks } = await ingestText(
      'a.md',
      `# A\n\n${paragraph}\n\n${paragraph}\n\n${paragraph}\n\n${code}\n\n${paragraph}\n`,
    );
    expect(chunks.some(({ text }) => text.includes(code))).toBe(true);
  });

  it('keeps chunks of a long section near the target and between paragraphs', async () => {
    const { chunks } = await ingestText('a.md', `# A\n\n${`${paragraph}\n\n`.repeat(40)}`);
    for (const { text } of chunks) {
      expect(text.length).toBeLessThanOrEqual(1_600);
      expect(text.endsWith(paragraph)).toBe(true);
    }
  });

  it.each(['', '#', '# ', '#\n#\n', '---\n', '---\ntitle:\n---\n', '====', 'a\n=\n'.repeat(50)])(
    'takes %j',
    async (text) => {
      await ingestText('a.md', text);
    },
  );
});

describe('plain text', () => {
  it('cuts between paragraphs and gives exact lines', async () => {
    const { chunks, text } = await ingestText('a.txt', `\r\n${`${paragraph}\r\n\r\n`.repeat(12)}`);
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) {
      const lines = text.split('\n').slice(chunk.startLine - 1, chunk.endLine);
      expect(lines.join('\n')).toBe(chunk.text);
    }
  });

  it('cuts one long line between words, and one long word anywhere but inside a character', async () => {
    const words = await ingestText('a.txt', 'word '.repeat(3_000));
    expect(words.chunks.every(({ text, startLine }) => startLine === 1 && /^(word ?)+$/.test(text))).toBe(
      true,
    );
    const emoji = await ingestText('a.txt', `x${'\u{1f600}'.repeat(3_000)}`);
    expect(emoji.chunks.every(({ text }) => !/[\ud800-\udfff]/u.test(text))).toBe(true);
  });
});
