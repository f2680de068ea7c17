import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Model, ModelRole } from '@contract/models';
import { AppError } from '../platform/app-error.ts';
import { describeModel, type ModelDescription } from './gguf/describe-model.ts';

/** A file of the library before it is known which one is the default. */
export type ModelFile = Omit<Model, 'isDefault'> & { companion: ModelDescription['companion'] };

const maxFolderDepth = 4;

/** The same for one file as long as it stays where it is. */
export function modelIdOf(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
}

/** GGUF files in a folder and the folders in it; a folder that cannot be read has none. */
export async function findModelFiles(folder: string, depth = 0): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    // Models folders may not exist yet, or be on a drive that is not there now.
    return [];
  }
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < maxFolderDepth) found.push(...(await findModelFiles(path, depth + 1)));
    else if (!entry.isDirectory() && /\.gguf$/i.test(entry.name)) found.push(path);
  }
  return found;
}

/** Reads model files, each only again when its size or time changed. */
export class ModelFileReader {
  readonly #known = new Map<string, { stamp: string; description: ModelDescription }>();

  /** @throws AppError `model_file_missing`, `model_file_invalid`. */
  async describe(path: string): Promise<ModelDescription> {
    const stamp = await fileStamp(path);
    const known = this.#known.get(path);
    if (known && stamp !== null && known.stamp === stamp) return known.description;
    const description = await describeModel(path);
    if (stamp !== null) this.#known.set(path, { stamp, description });
    return description;
  }

  /** Like `describe`, with what is wrong as the model's `problem` instead of an error. */
  async read(path: string, origin: Model['origin'], role: ModelRole | null): Promise<ModelFile> {
    const place = { id: modelIdOf(path), path, origin };
    try {
      const description = await this.describe(path);
      return { ...description, ...place, role: role ?? description.role, problem: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...unreadable(path), ...place, role: role ?? 'chat', problem: error.message };
    }
  }
}

async function fileStamp(path: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size}:${mtimeMs}`;
  } catch {
    // Reading the file will say what is wrong with it.
    return null;
  }
}

function unreadable(path: string): ModelDescription {
  return {
    name: basename(path).replace(/\.gguf$/i, ''),
    role: 'chat',
    sizeBytes: 0,
    architecture: 'unknown',
    parameterCount: null,
    quantisation: null,
    contextLength: null,
    embeddingLength: null,
    layerCount: null,
    expertCount: null,
    hasChatTemplate: false,
    companion: null,
  };
}
