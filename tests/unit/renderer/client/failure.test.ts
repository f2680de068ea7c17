import { ORPCError } from '@orpc/client';
import { errorStatus } from '@contract/errors';
import { describe, expect, it } from 'vitest';
import { ConnectionLostError } from '../../../../src/renderer/client/connection.ts';
import { failureOf, isCancellation, toFailure } from '../../../../src/renderer/client/failure.ts';
import { failureWords } from '../../../../src/renderer/client/failure-words.ts';

describe('failureWords', () => {
  it.each(Object.entries(failureWords))('%s has calm words and a next step', (_code, words) => {
    for (const text of [words.title, words.nextStep]) {
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/!|oops|sorry|error/i);
    }
    expect(words.title).not.toMatch(/\.$/);
    expect(words.nextStep).toMatch(/\.$/);
  });

  it('has words for every code', () => {
    expect(Object.keys(failureWords).sort()).toEqual(Object.keys(errorStatus).sort());
  });
});

describe('toFailure', () => {
  it('shows what Alcove said, under the title of its code, with the path it is about', () => {
    const data = { path: '/home/ada' };
    const failure = toFailure(new ORPCError('source_overlaps', { message: 'It lies inside /home.', data }));
    expect(failure).toEqual({
      code: 'source_overlaps',
      title: failureWords.source_overlaps.title,
      detail: 'It lies inside /home.',
      path: '/home/ada',
    });
  });

  it('does not show the insides of a defect', () => {
    const failure = toFailure(new TypeError("Cannot read properties of undefined (reading 'x')"));
    expect(failure.code).toBe('internal');
    expect(failure.detail).toBe(failureWords.internal.nextStep);
  });

  it('takes a code it does not know, even an inherited name, for internal', () => {
    expect(toFailure(new ORPCError('toString')).code).toBe('internal');
    expect(failureOf('constructor', '').code).toBe('internal');
  });

  it('has words for a dropped connection', () => {
    expect(toFailure(new ConnectionLostError(null)).code).toBe('connection_lost');
  });
});

describe('isCancellation', () => {
  it('tells what the user ended from what failed', () => {
    expect(isCancellation(new DOMException('stopped', 'AbortError'))).toBe(true);
    expect(isCancellation(new Error('AbortError'))).toBe(false);
  });
});
