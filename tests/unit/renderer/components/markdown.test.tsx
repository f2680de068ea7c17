import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import Markdown, { type CitationMarks } from '../../../../src/renderer/components/Markdown.tsx';
import { TooltipProvider } from '../../../../src/renderer/components/Tooltip.tsx';

const deepPath = `${'folder-with-a-name/'.repeat(12)}leave.md`;
const citations: CitationMarks = {
  numbers: [1, 2],
  paths: [deepPath],
  describe: (n) => `file-${n}.md`,
  open: () => undefined,
};

function render(text: string, marks: CitationMarks | null = citations): string {
  return renderToStaticMarkup(
    <TooltipProvider>
      <Markdown text={text} citations={marks} />
    </TooltipProvider>,
  );
}

describe('Markdown', () => {
  it('shows raw HTML as text and runs none of it', () => {
    const html = render('Hi <script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b>');
    expect(html).not.toMatch(/<(script|img|b)[\s>]/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('shows block HTML as text too', () => {
    expect(render('<iframe src="https://evil.example"></iframe>\n\ntext')).not.toContain('<iframe');
  });

  it('loads no image, not even with a data address', () => {
    const html = render('![a cat](https://example.org/cat.png) ![x](data:image/png;base64,AAAA)');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('example.org');
    expect(html).toContain('Image not shown: a cat');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](file:///etc/passwd)',
    '[x](vbscript:x)',
    '[x](/relative)',
    '[x](alcove://app/)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (text) => {
    expect(render(text)).not.toContain('href');
  });

  it('shows where a web link leads and gives the target nothing', () => {
    const html = render('[the guide](https://example.org/guide)');
    expect(html).toContain('href="https://example.org/guide"');
    expect(html).toContain('(example.org)');
    expect(html).toContain('rel="noreferrer noopener"');
  });

  it('shows the true host of a link that is dressed as another', () => {
    expect(render('[bank.example](https://evil.example/login)')).toContain('(evil.example)');
  });

  it('turns markers of known citations into buttons, several in one bracket too', () => {
    const html = render('So it is [1], and again [1, 2].');
    expect(html.match(/aria-label="Citation 1"/g)).toHaveLength(2);
    expect(html).toContain('aria-label="Citation 2"');
    expect(html).toContain('title="file-1.md"');
  });

  it('leaves unknown numbers and numbers in code as text', () => {
    const html = render('See [7] and `a[1]`.\n\n```\nb[1]\n```');
    expect(html).not.toContain('aria-label="Citation');
    expect(html).toContain('[7]');
    expect(html).toContain('a[1]');
  });

  it('finds markers inside emphasis and lists', () => {
    expect(render('- **bold [2]**')).toContain('aria-label="Citation 2"');
  });

  it('keeps punctuation on the line of the citation before it', () => {
    expect(render('So it is [1].')).toContain('</button>\u2060.');
  });

  it('ties marks alone on their line to what they follow, and no other paragraph', () => {
    expect(render('> Quoted\n\n[1]')).toContain('class="citation-line"');
    expect(render('Text [1]')).not.toContain('citation-line');
  });

  it('shortens the path of a cited file, and no other code', () => {
    const html = render(`\`${deepPath}\`, and \`${deepPath}x\``);
    expect(html).toMatch(/<code title="[^"]{200,}">[^<]{10,64}leave\.md<\/code>/);
    expect(html).toContain(`<code>${deepPath}x</code>`);
  });

  it('shows fenced code as a block with its language and a copy button', () => {
    const html = render('```python\nprint(1)\n```');
    expect(html).toContain('python');
    expect(html).toContain('aria-label="Copy code"');
  });
});
