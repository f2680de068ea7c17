import { beforeEach, describe, expect, it } from 'vitest';
import {
  closeEvidence,
  evidence,
  openEvidence,
  stepEvidence,
} from '../../../../src/renderer/workspace/evidence.ts';
import { aPassage } from '../knowledge/samples.ts';

const items = [aPassage({ chunkId: 1 }), aPassage({ chunkId: 2 })];

describe('evidence', () => {
  beforeEach(closeEvidence);

  it('steps through the passages and stops at both ends', () => {
    openEvidence(items, 0);
    stepEvidence(-1);
    expect(evidence.get()?.index).toBe(0);
    stepEvidence(1);
    stepEvidence(1);
    expect(evidence.get()?.index).toBe(1);
  });

  it('does not open for a citation that has no passage', () => {
    openEvidence(items, -1);
    openEvidence(items, 2);
    expect(evidence.get()).toBeNull();
  });

  it('does not step when nothing is open', () => {
    stepEvidence(1);
    expect(evidence.get()).toBeNull();
  });
});
