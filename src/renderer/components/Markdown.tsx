import { memo, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock.tsx';
import { splitMarkdown } from './markdown-blocks.ts';
import { remarkCitations } from './remark-citations.ts';
import { hostOf, safeUrl } from './safe-url.ts';
import { shortenPath } from './shorten-path.ts';
import './markdown.css';

const longestPath = 64;

export interface CitationMarks {
  numbers: readonly number[];
  /** The cited files: a span of code that is one of them is shown as a path. */
  paths: readonly string[];
  /** Words for the tooltip of a citation. */
  describe: (n: number) => string;
  open: (n: number) => void;
}

/** Markdown from a model or a file: no raw HTML, no images, web links only, citations as pills. */
export default function Markdown({ text, citations }: { text: string; citations: CitationMarks | null }) {
  const blocks = useMemo(() => splitMarkdown(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // A block keeps its place while the text grows, so its index is its identity.
        <Block key={index} text={block} citations={citations} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, citations }: { text: string; citations: CitationMarks | null }) {
  const plugins = useMemo(() => [remarkGfm, remarkCitations(new Set(citations?.numbers ?? []))], [citations]);
  const components = useMemo(() => componentsFor(citations), [citations]);
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={(url) => safeUrl(url) ?? ''}>
      {text}
    </ReactMarkdown>
  );
});

function componentsFor(citations: CitationMarks | null): Components {
  const components: Components & Record<string, unknown> = {
    a: ({ href, children }) => <ExternalLink href={href}>{children}</ExternalLink>,
    img: ({ alt }) => <span className="markdown-image">Image not shown{alt ? `: ${alt}` : ''}</span>,
    pre: ({ children }) => <>{children}</>,
    code: ({ className, children }) => (
      <Code className={className} text={textOf(children)} paths={citations?.paths ?? []} />
    ),
    table: ({ children }) => (
      <div className="markdown-table" tabIndex={0} role="group" aria-label="Table">
        <table>{children}</table>
      </div>
    ),
    'citation-mark': ({ n }: { n: string }) =>
      citations && <CitationPill n={Number(n)} citations={citations} />,
  };
  return components;
}

function ExternalLink({ href, children }: { href: string | undefined; children: React.ReactNode }) {
  const url = safeUrl(href);
  if (url === null) return <span>{children}</span>;
  const host = hostOf(url);
  const namesHost = typeof children === 'string' && children.includes(host);
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
      {children}
      {!namesHost && <span className="markdown-host"> ({host})</span>}
    </a>
  );
}

function Code({
  className,
  text,
  paths,
}: {
  className: string | undefined;
  text: string;
  paths: readonly string[];
}) {
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? null;
  if (paths.includes(text)) return <code title={text}>{shortenPath(text, longestPath)}</code>;
  // Only a fenced block ends with a line break; a span in a sentence never does.
  if (language === null && !text.endsWith('\n')) return <code>{text}</code>;
  return <CodeBlock text={text.replace(/\n$/, '')} language={language} />;
}

function CitationPill({ n, citations }: { n: number; citations: CitationMarks }) {
  return (
    <button
      type="button"
      className="pill"
      aria-label={`Citation ${n}`}
      title={citations.describe(n)}
      onClick={() => citations.open(n)}
    >
      {n}
    </button>
  );
}

function textOf(children: React.ReactNode): string {
  if (typeof children === 'string') return children;
  return Array.isArray(children) ? children.map((child: React.ReactNode) => textOf(child)).join('') : '';
}
