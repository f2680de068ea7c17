import { basename, resolve } from 'node:path';
import type { Model, ModelRole } from '@contract/models';
import { AppError } from '../platform/app-error.ts';
import type { ModelDescription } from './gguf/describe-model.ts';
import { findModelFiles, ModelFileReader, modelIdOf, type ModelFile } from './model-files.ts';
import type { ModelStore } from './model-store.ts';

export interface ModelLibraryOptions {
  store: ModelStore;
  /** The folders searched for GGUF files, asked for at each scan. */
  folders: () => readonly string[];
}

/** The models the user has: the GGUF files of the models folders, and files added where they lie. */
export class ModelLibrary {
  readonly #store: ModelStore;
  readonly #folders: () => readonly string[];
  readonly #reader = new ModelFileReader();
  readonly #listeners = new Set<() => void>();
  #files: ModelFile[] = [];
  #firstScan: Promise<void> | null = null;

  constructor({ store, folders }: ModelLibraryOptions) {
    this.#store = store;
    this.#folders = folders;
  }

  get folders(): string[] {
    return [...new Set(this.#folders().map((folder) => resolve(folder)))];
  }

  /** Calls `listener` after every change; the returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All models by name; looks through the folders the first time. */
  async list(): Promise<Model[]> {
    await this.#scanned();
    const defaults = this.#defaultIds();
    return this.#files.map(({ companion: _, ...file }) => ({
      ...file,
      isDefault: defaults.get(file.role) === file.id,
    }));
  }

  /** Looks through the folders again. */
  async rescan(): Promise<void> {
    await this.#scan();
    this.#firstScan ??= Promise.resolve();
  }

  /**
   * Adds a GGUF file in place; `role` overrides the one its metadata suggests. Adding it again changes the role.
   *
   * @throws AppError `model_file_missing`, `model_file_invalid`.
   */
  async add({ path, role }: { path: string; role?: ModelRole | undefined }): Promise<Model> {
    const absolutePath = resolve(path);
    const description = await this.#reader.describe(absolutePath);
    if (description.companion !== null) throw notAModel(absolutePath, description.companion);
    this.#store.put({ path: absolutePath, role: role ?? null, addedAt: Date.now() });
    await this.rescan();
    return this.get(modelIdOf(absolutePath));
  }

  /** Takes an added model out of the library; the file stays. */
  async remove(modelId: string): Promise<void> {
    const model = await this.get(modelId);
    const isStored = this.#store.list().some(({ path }) => path === model.path);
    if (!isStored) {
      throw new AppError(
        'invalid_input',
        `${model.name} lies in a models folder. Move the file out of the folder to take it out of the library.`,
        { data: { path: model.path } },
      );
    }
    this.#store.remove(model.path);
    await this.rescan();
  }

  /** Makes a model the default of a role; null chooses none. */
  async setDefault(role: ModelRole, modelId: string | null): Promise<void> {
    if (modelId !== null) {
      const model = await this.get(modelId);
      if (model.role !== role) throw roleMismatch(model, role);
    }
    this.#store.setDefault(role, modelId);
    this.#changed();
  }

  /** @throws AppError `model_not_found`. */
  async get(modelId: string): Promise<Model> {
    const model = (await this.list()).find(({ id }) => id === modelId);
    if (!model) throw notFound();
    return model;
  }

  /**
   * A model by id, path, file name or name, as a person would call it.
   *
   * @throws AppError `model_not_found`.
   */
  async find(wanted: string): Promise<Model> {
    const models = await this.list();
    const sameWord = (word: string) => word.toLowerCase() === wanted.toLowerCase();
    const fileName = (model: Model) => basename(model.path);
    const found =
      models.find((model) => model.id === wanted || model.path === resolve(wanted)) ??
      models.find((model) => sameWord(model.name)) ??
      models.find((model) => sameWord(fileName(model)) || sameWord(fileName(model).replace(/\.gguf$/i, '')));
    if (!found) throw notFound(wanted);
    return found;
  }

  /** The model that serves a role: the user's choice, else the first usable one; null when there is none. */
  async defaultModel(role: ModelRole): Promise<Model | null> {
    return (await this.list()).find((model) => model.role === role && model.isDefault) ?? null;
  }

  #scanned(): Promise<void> {
    this.#firstScan ??= this.#scan().catch((error: unknown) => {
      this.#firstScan = null;
      throw error;
    });
    return this.#firstScan;
  }

  async #scan(): Promise<void> {
    const added = this.#store.list();
    const roles = new Map(added.map(({ path, role }) => [path, role]));
    const inFolders = (await Promise.all(this.folders.map((folder) => findModelFiles(folder)))).flat();
    const paths = new Set([...inFolders, ...roles.keys()]);
    const folderPaths = new Set(inFolders);
    const files = await Promise.all(
      [...paths].map((path) =>
        this.#reader.read(path, folderPaths.has(path) ? 'folder' : 'added', roles.get(path) ?? null),
      ),
    );
    this.#files = files
      .filter(({ companion }) => companion === null)
      .sort((left, right) => left.name.localeCompare(right.name) || left.path.localeCompare(right.path));
    this.#changed();
  }

  #defaultIds(): Map<ModelRole, string | null> {
    const chosen = this.#store.defaults();
    const ids = new Map<ModelRole, string | null>();
    for (const role of ['chat', 'embedding', 'reranker'] as const) {
      const ofRole = this.#files.filter((file) => file.role === role);
      const choice = chosen[role];
      const isStillThere = choice === null || ofRole.some(({ id }) => id === choice);
      const first = ofRole.find(({ problem }) => problem === null)?.id ?? null;
      ids.set(role, choice !== undefined && isStillThere ? choice : first);
    }
    return ids;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function notFound(wanted?: string): AppError {
  const which = wanted === undefined ? 'This model' : `A model called "${wanted}"`;
  return new AppError('model_not_found', `${which} is not in the library. Add its GGUF file first.`);
}

function roleMismatch(model: Model, role: ModelRole): AppError {
  return new AppError(
    'model_role_mismatch',
    `${model.name} is for ${model.role}, not for ${role}. Choose another model, or add it again with the role ${role}.`,
    { data: { path: model.path } },
  );
}

const companionWords: Record<NonNullable<ModelDescription['companion']>, string> = {
  vision: 'is the vision part of a model. Add the main model file instead.',
  adapter: 'is an adapter, not a model of its own. Add the main model file instead.',
  part: 'is a later part of a model in several files. Add the first part instead.',
};

function notAModel(path: string, companion: NonNullable<ModelDescription['companion']>): AppError {
  return new AppError('model_file_invalid', `${basename(path)} ${companionWords[companion]}`, {
    data: { path },
  });
}
