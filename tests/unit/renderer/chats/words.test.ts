import type { KnowledgeState, Source } from '@contract/knowledge';
import { describe, expect, it } from 'vitest';
import { phaseWords } from '../../../../src/renderer/features/chats/phase-words.ts';
import { scopeLabel, sightWords } from '../../../../src/renderer/features/chats/scope-words.ts';
import { aSource, someProgress } from '../workspace/samples.ts';

const state = (sources: Source[], progress: KnowledgeState['progress'] = []): KnowledgeState => ({
  sources,
  progress,
  embedding: {
    modelName: null,
    phase: 'off',
    done: 0,
    total: 0,
    chunksPerSecond: null,
    secondsLeft: null,
    failure: null,
  },
});

describe('phaseWords', () => {
  it('names the model that is loading and counts the passages being read', () => {
    expect(phaseWords('loading-model', { modelName: 'Qwen', passages: 8 })).toBe('Loading Qwen');
    expect(phaseWords('reading', { modelName: 'Qwen', passages: 8 })).toBe('Reading 8 passages');
    expect(phaseWords('reading', { modelName: null, passages: 1 })).toBe('Reading 1 passage');
  });

  it('does not claim to read passages when there are none', () => {
    expect(phaseWords('reading', { modelName: null, passages: 0 })).toBe('Reading your message');
  });

  it('tells from the passages where an answer is whose phase was not heard', () => {
    expect(phaseWords(undefined, { modelName: null, passages: 0 })).toBe('Searching your files');
    expect(phaseWords(undefined, { modelName: null, passages: 3 })).toBe('Reading 3 passages');
  });
});

describe('scopeLabel', () => {
  const sources = [aSource({ id: 'a', name: 'handbook' }), aSource({ id: 'b', name: 'letters' })];

  it('names a single folder and counts several', () => {
    expect(scopeLabel(sources, null)).toBe('All folders');
    expect(scopeLabel(sources, ['b'])).toBe('letters');
    expect(scopeLabel(sources, ['a', 'b'])).toBe('2 folders');
  });

  it('says so when no folder is searched, also when the chosen one was removed', () => {
    expect(scopeLabel(sources, [])).toBe('No folders');
    expect(scopeLabel(sources, ['removed'])).toBe('No folders');
    expect(scopeLabel([], null)).toBe('No folders yet');
  });
});

describe('sightWords', () => {
  it('says what can be asked about while indexing goes on', () => {
    const indexing = state(
      [aSource({ id: 'a', name: 'handbook' })],
      [someProgress({ sourceId: 'a', secondsLeft: 118 })],
    );
    expect(sightWords(indexing)).toBe(
      '1,204 files ready to ask about, still indexing handbook, about 2 min left',
    );
  });

  it('does not promise anything before the first file is in', () => {
    const counts = { indexed: 0, skipped: 0, failed: 0, chunks: 0, sizeBytes: 0 };
    const starting = state(
      [aSource({ id: 'a', name: 'handbook', counts })],
      [someProgress({ sourceId: 'a', secondsLeft: null })],
    );
    expect(sightWords(starting)).toBe('Nothing to ask about yet, still indexing handbook');
  });

  it('is silent when there is nothing', () => {
    expect(sightWords(state([]))).toBeNull();
  });
});
