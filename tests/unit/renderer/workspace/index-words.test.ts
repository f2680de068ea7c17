import { describe, expect, it } from 'vitest';
import { countWords, embeddingWords, indexWords } from '../../../../src/renderer/workspace/index-words.ts';
import { aSource, someProgress } from './samples.ts';

describe('indexWords', () => {
  it('says what, how far and how long', () => {
    expect(indexWords('handbook', someProgress())).toBe(
      'Indexing handbook: 1,204 of 3,980 files, about 2 min left',
    );
  });

  it('claims no total and no time while the folder is still being walked', () => {
    const scanning = someProgress({ phase: 'scanning', filesTotal: null, filesDone: 12, secondsLeft: null });
    expect(indexWords('handbook', scanning)).toBe('Looking through handbook: 12 files so far');
  });

  it('keeps how far it is in sight when the name is endless', () => {
    const words = indexWords('x'.repeat(200), someProgress());
    expect(words).toMatch(/^Indexing x+…x+: 1,204 of 3,980 files/);
    expect(words.length).toBeLessThan(110);
  });

  it('gives the reason when indexing stopped', () => {
    const failed = someProgress({ phase: 'failed', failure: 'the disk is full' });
    expect(indexWords('handbook', failed)).toBe('Indexing handbook stopped: the disk is full');
  });
});

describe('countWords', () => {
  it('mentions failed and skipped files only when there are some', () => {
    expect(countWords(aSource())).toBe('1,204 files, 3 failed, 12 skipped');
    const counts = { indexed: 1, skipped: 0, failed: 0, chunks: 1, sizeBytes: 1 };
    expect(countWords(aSource({ counts }))).toBe('1 file');
  });
});

describe('embeddingWords', () => {
  const embedding = {
    modelName: 'nomic',
    phase: 'working' as const,
    done: 4_200,
    total: 18_234,
    chunksPerSecond: 40,
    secondsLeft: 340,
    failure: null,
  };

  it('says which model learns, how far it is, and that search works meanwhile', () => {
    expect(embeddingWords(embedding)).toBe(
      'Learning the meaning of your files with nomic: 4,200 of 18,234 passages, about 6 min left. Search by words works meanwhile.',
    );
  });

  it('keeps search by words in sight when it failed', () => {
    expect(embeddingWords({ ...embedding, phase: 'failed', failure: 'the model is gone' })).toBe(
      'Search by meaning is not available: the model is gone. Search by words works.',
    );
  });
});
