import type { CodeToken } from './tokenize.ts';

/** One line of code, coloured when its tokens are known. */
export function CodeLine({ text, tokens }: { text: string; tokens: readonly CodeToken[] | null }) {
  if (!tokens) return <span>{`${text}\n`}</span>;
  return (
    <span>
      {tokens.map((token, index) => (
        <span key={index} style={token.colour ? { color: token.colour } : undefined}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  );
}
