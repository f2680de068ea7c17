import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const storedCalibration = z.object({
  modelKey: z.string(),
  /** Size of the corpus that was asked. */
  chunkCount: z.number(),
  weight: z.number().min(0).max(1),
  floor: z.number().min(-1).max(1),
});
export type StoredCalibration = z.infer<typeof storedCalibration>;

/**
 * What the corpus said of its embedder, kept beside the vectors; like them it can be made again. The searches of the
 * process that writes it see it at once.
 */
export class CalibrationFile {
  readonly #path: string;
  #current: Promise<StoredCalibration | null> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** The calibration of a model; null when it has none. */
  async read(modelKey: string): Promise<StoredCalibration | null> {
    const stored = await (this.#current ??= load(this.#path));
    return stored?.modelKey === modelKey ? stored : null;
  }

  async write(calibration: StoredCalibration): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(`${this.#path}.new`, JSON.stringify(calibration));
    await rename(`${this.#path}.new`, this.#path);
    this.#current = Promise.resolve(calibration);
  }
}

/** Null when there is none or it cannot be read: it is made again. */
async function load(path: string): Promise<StoredCalibration | null> {
  try {
    return storedCalibration.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
