import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/main/inference/gguf/describe-model.ts';
import type { AppError } from '../../../src/main/platform/app-error.ts';
import { writeBertEmbedder, writeBertReranker } from '../../fixtures/gguf/bert-models.ts';
import { encodeGguf, str, u32, writeGguf, type GgufValue } from '../../fixtures/gguf/gguf-writer.ts';
import { writeMixtral, writeRandomLlama } from '../../fixtures/gguf/llama-models.ts';
import { writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'alcove-gguf-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A header by hand: the magic, version 3, then whatever the test claims. */
function rawHeader(tensorCount: bigint, metadataCount: bigint, ...rest: Buffer[]): Buffer {
  const head = Buffer.alloc(24);
  head.write('GGUF');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(tensorCount, 8);
  head.writeBigUInt64LE(metadataCount, 16);
  return Buffer.concat([head, ...rest]);
}

const int64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};

async function problemOf(bytes: Buffer): Promise<AppError> {
  writeFileSync(file('bad.gguf'), bytes);
  return describeModel(file('bad.gguf')).then(
    () => Promise.reject(new Error('the file was accepted')),
    (error: unknown) => error as AppError,
  );
}

describe('what a model file says about itself', () => {
  it('describes a llama', async () => {
    writeRandomLlama(file('llama.gguf'), { name: 'Tiny', contextLength: 4096, layerCount: 3 });
    expect(await describeModel(file('llama.gguf'))).toMatchObject({
      name: 'Tiny',
      role: 'chat',
      architecture: 'llama',
      quantisation: 'F32',
      contextLength: 4096,
      embeddingLength: 64,
      layerCount: 3,
      expertCount: null,
      hasChatTemplate: true,
      companion: null,
    });
  });

  it('counts parameters from the tensors', async () => {
    writeGguf(file('counted.gguf'), {
      metadata: { 'general.architecture': str('llama') },
      tensors: [
        { name: 'a', shape: [10, 3], data: new Float32Array(30) },
        { name: 'b', shape: [7], data: new Float32Array(7) },
      ],
    });
    const description = await describeModel(file('counted.gguf'));
    expect(description).toMatchObject({ parameterCount: 37, name: 'counted', quantisation: 'F32' });
  });

  it('tells a mixture of experts, and a model without a chat template', async () => {
    writeMixtral(file('mixture.gguf'), { chatTemplate: null });
    expect(await describeModel(file('mixture.gguf'))).toMatchObject({
      expertCount: 4,
      hasChatTemplate: false,
    });
  });

  it('tells embedding models and rerankers from chat models', async () => {
    writeBertEmbedder(file('embedder.gguf'));
    writeBertReranker(file('reranker.gguf'));
    writeScriptedModel(file('chat.gguf'), { text: 'Hello.' });
    expect((await describeModel(file('embedder.gguf'))).role).toBe('embedding');
    expect((await describeModel(file('reranker.gguf'))).role).toBe('reranker');
    expect((await describeModel(file('chat.gguf'))).role).toBe('chat');
  });

  it('takes a decoder that pools, like Qwen3-Embedding, for an embedding model', async () => {
    await expectRole({ 'general.architecture': str('qwen3'), 'qwen3.pooling_type': u32(3) }, 'embedding');
    await expectRole({ 'general.architecture': str('qwen3'), 'qwen3.pooling_type': u32(0) }, 'chat');
    await expectRole({ 'general.architecture': str('nomic-bert') }, 'embedding');
  });

  it('marks files that belong to a model but are none', async () => {
    const companionOf = async (metadata: Record<string, GgufValue>) => {
      writeGguf(file('companion.gguf'), { metadata, tensors: [] });
      return (await describeModel(file('companion.gguf'))).companion;
    };
    expect(await companionOf({ 'general.architecture': str('clip') })).toBe('vision');
    expect(await companionOf({ 'general.architecture': str('llama'), 'general.type': str('adapter') })).toBe(
      'adapter',
    );
    expect(await companionOf({ 'general.architecture': str('llama'), 'split.no': u32(1) })).toBe('part');
    expect(await companionOf({ 'general.architecture': str('llama'), 'split.no': u32(0) })).toBeNull();
  });

  it('reads past a vocabulary larger than its window', async () => {
    const tokens = Array.from({ length: 200_000 }, (_, id) => `token-${id}`);
    writeGguf(file('wide.gguf'), {
      metadata: {
        'general.architecture': str('llama'),
        'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
        'tokenizer.ggml.scores': { type: 'float32s', value: tokens.map(() => 0) },
        'llama.context_length': u32(123),
      },
      tensors: [],
    });
    expect((await describeModel(file('wide.gguf'))).contextLength).toBe(123);
  });
});

async function expectRole(metadata: Record<string, GgufValue>, role: string): Promise<void> {
  writeGguf(file('role.gguf'), { metadata, tensors: [] });
  expect((await describeModel(file('role.gguf'))).role).toBe(role);
}

describe('files that cannot be used', () => {
  it('says that a missing file is missing', async () => {
    await expect(describeModel(file('absent.gguf'))).rejects.toMatchObject({
      code: 'model_file_missing',
      data: { path: file('absent.gguf') },
    });
  });

  it('says what a file is not', async () => {
    const notGguf = await problemOf(
      Buffer.from('PK\u0003\u0004 this is a zip file and long enough to be read'),
    );
    expect(notGguf).toMatchObject({ code: 'model_file_invalid' });
    expect(notGguf.message).toContain('not a GGUF file');
    expect((await problemOf(Buffer.from('tiny'))).message).toContain('not a GGUF file');
    expect((await problemOf(Buffer.alloc(0))).message).toContain('empty');
  });

  it('names versions it cannot read', async () => {
    const old = rawHeader(0n, 0n);
    old.writeUInt32LE(1, 4);
    expect((await problemOf(old)).message).toContain('version 1');
    const swapped = rawHeader(0n, 0n);
    swapped.writeUInt32BE(3, 4);
    expect((await problemOf(swapped)).message).toContain('big-endian');
  });

  it('tells how much of a truncated file is there', async () => {
    writeRandomLlama(file('cut.gguf'));
    truncateSync(file('cut.gguf'), 200_000);
    const error = await describeModel(file('cut.gguf')).catch((thrown: unknown) => thrown as AppError);
    expect(error).toMatchObject({ code: 'model_file_invalid' });
    expect((error as AppError).message).toMatch(/truncated: 200,000 bytes of [\d,]+ bytes are there/);
  });

  it('accepts a file with something behind its tensors', async () => {
    writeRandomLlama(file('longer.gguf'));
    appendFileSync(file('longer.gguf'), Buffer.alloc(100));
    expect((await describeModel(file('longer.gguf'))).architecture).toBe('llama');
  });

  it('refuses a file cut anywhere in its header, with a typed error each time', async () => {
    const whole = encodeGguf({
      metadata: { 'general.architecture': str('llama'), list: { type: 'strings', value: ['a', 'b'] } },
      tensors: [{ name: 'weight', shape: [4], data: new Float32Array(4) }],
    });
    for (let length = 0; length < whole.length - 20; length++) {
      expect(await problemOf(whole.subarray(0, length))).toMatchObject({ code: 'model_file_invalid' });
    }
  });

  it('refuses sizes that cannot fit, without reserving memory for them', async () => {
    const huge = 2n ** 62n;
    const claims = [
      rawHeader(huge, 0n),
      rawHeader(0n, huge),
      rawHeader(2n ** 40n, 0n),
      rawHeader(0n, 1n, int64(huge)),
      rawHeader(0n, 1n, int64(2n ** 40n), Buffer.alloc(64)),
      rawHeader(0n, 1n, int64(1n), Buffer.from('k'), Buffer.from([9, 0, 0, 0, 8, 0, 0, 0]), int64(2n ** 50n)),
      rawHeader(0n, 1n, int64(1n), Buffer.from('k'), Buffer.from([99, 0, 0, 0]), Buffer.alloc(64)),
      rawHeader(1n, 0n, int64(1n), Buffer.from('t'), Buffer.from([255, 255, 255, 255]), Buffer.alloc(64)),
    ];
    for (const claim of claims) expect(await problemOf(claim)).toMatchObject({ code: 'model_file_invalid' });
  });

  it('refuses lists nested without end', async () => {
    const level = Buffer.concat([Buffer.from([9, 0, 0, 0]), int64(1n)]);
    const nested = Array.from({ length: 1_000 }, () => level);
    const head = [int64(1n), Buffer.from('k'), Buffer.from([9, 0, 0, 0])];
    expect((await problemOf(rawHeader(0n, 1n, ...head, ...nested))).message).toContain('nested');
  });

  it('refuses a folder', async () => {
    mkdirSync(file('folder.gguf'));
    await expect(describeModel(file('folder.gguf'))).rejects.toMatchObject({ code: 'model_file_invalid' });
  });
});
