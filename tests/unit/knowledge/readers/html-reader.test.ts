import { describe, expect, it } from 'vitest';
import { ingestText } from '../ingest-text.ts';

describe('HTML', () => {
  it('reads what a reader sees: no scripts, styles, menus or tags', async () => {
    const html = `<!doctype html><html><head><title> My
      page </title><style>p { color: red }</style></head><body><nav><a href="/">Home</a></nav>
      <h1>Guide</h1><p>Some <b>bold</b>&nbsp;words&amp;more.<br>Next line</p><script>let hidden = 1;</script>
      <ul><li>One</li><li>Two</li></ul><table><tr><td>a</td><td>b</td></tr></table><pre>  keep
    this</pre></body></html>`;
    const { text, title } = await ingestText('a.html', html);
    expect(title).toBe('My page');
    expect(text).toBe(
      'Guide\n\nSome bold words&more.\nNext line\n\n- One\n- Two\n\na\tb\n\n  keep\n    this',
    );
  });

  it('keeps heading paths and lines of the extracted text', async () => {
    const words = 'plain words of a paragraph '.repeat(12);
    const html = `<h1>Guide</h1><p>${words}</p><h2>In <em>depth</em></h2><p>${words}</p>`;
    const { chunks, text } = await ingestText('a.html', html);
    expect(chunks.map(({ heading }) => heading)).toEqual(['Guide', 'Guide > In depth']);
    expect(text.split('\n')[(chunks[1]?.startLine ?? 0) - 1]).toBe('In depth');
  });

  it('believes the encoding the page declares', async () => {
    const { default: iconv } = await import('iconv-lite');
    const { text } = await ingestText(
      'a.html',
      iconv.encode('<meta charset="windows-1251"><p>Привет</p>', 'windows-1251'),
    );
    expect(text).toBe('Привет');
  });

  it('reads the menu when a page is nothing else', async () => {
    expect((await ingestText('a.html', '<nav><a>Home</a> <a>About</a>')).text).toBe('Home About');
  });

  it('takes the title from the first heading when the page has none', async () => {
    expect((await ingestText('a.html', '<h2>Sub</h2><h1>Main</h1>')).title).toBe('Main');
  });

  it('refuses endless nesting instead of hanging on it', async () => {
    await expect(ingestText('a.html', '<div>a'.repeat(200_000))).rejects.toThrow(/nested too deeply/);
  });

  it('counts depth, not tags: void and implied ends close', async () => {
    await ingestText('a.html', '<p>word<br><img src=x><hr>'.repeat(5_000));
  });
});
