import { markTerms } from './mark-terms.ts';

/** A text with the words of a query marked in it. */
export function Marked({ text, query }: { text: string; query: string }) {
  return markTerms(text, query).map((part, index) =>
    part.isMatch ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
  );
}
