import { expect, it } from 'vitest';
import { titleFrom, untitled } from '../../../src/main/conversations/title.ts';

it('takes the first line that has words', () => {
  expect(titleFrom('\n\n---\n# How long is   parental leave?\nPlease cite.')).toBe(
    'How long is parental leave?',
  );
});

it('shortens at a word and marks the cut', () => {
  const title = titleFrom(
    'Which of the services in this repository talk to the billing database, and how often?',
  );
  expect(title).toBe('Which of the services in this repository talk to the…');
});

it('cuts a text without spaces by characters, never through one', () => {
  const title = titleFrom('👩‍🚀'.repeat(80));
  expect([...title].length).toBeLessThanOrEqual(61);
  expect(title).not.toMatch(/\p{Cs}/u);
});

it('names a message without words like an empty conversation', () => {
  expect(titleFrom('???')).toBe(untitled);
});
