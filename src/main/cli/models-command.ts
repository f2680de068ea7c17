import { modelRole, type Model, type ModelRole } from '@contract/models';
import { lockDataDir } from '../platform/data-folder.ts';
import { type Command, type CommandInput, onlyArgument, UsageError, wordOption } from './command.ts';
import { openModelsOf } from './open-models.ts';

const roles: readonly ModelRole[] = modelRole.options;

/** The model library. Listing works beside a running Alcove; changes need the data folder to itself. */
export const modelsCommand: Command = {
  usage: 'models list|add <file>|use <name> [--role chat|embedding|reranker] [--json]',
  options: { role: { type: 'string' } },
  details: [
    'add takes a GGUF file in place; --role overrides the one its metadata suggests.',
    'use makes a model (by name, file name or path) the default of its role.',
    '',
    'JSON of list:     {"models":[{"id","name","path","role","isDefault","sizeBytes","architecture",',
    '                   "parameterCount","quantisation","contextLength","problem"}]}',
    'JSON of add, use: {"model":{...the same}}',
  ].join('\n'),
  run: async (input) => {
    const role = wordOption(input.values, 'role', roles);
    const [action, ...rest] = input.positionals;
    if (action === 'list' && rest.length === 0) return listModels(input, role);
    if (action === 'add') return addModel(input, onlyArgument(rest, 'file'), role);
    if (action === 'use') return chooseModel(input, onlyArgument(rest, 'model'), role);
    throw new UsageError('Say "list", "add" and a file, or "use" and a name.');
  },
};

async function listModels(
  { dataDir, isJson, output }: CommandInput,
  role: ModelRole | undefined,
): Promise<void> {
  const opened = openModelsOf(dataDir);
  try {
    const all = await opened.models.library.list();
    const models = role ? all.filter((model) => model.role === role) : all;
    if (isJson) output.result(JSON.stringify({ models: models.map(modelAsJson) }));
    else
      output.result(
        models.map(modelAsText).join('\n') || 'No models yet. Add one with: alcove models add <file>',
      );
  } finally {
    await opened.close();
  }
}

async function addModel(input: CommandInput, file: string, role: ModelRole | undefined): Promise<void> {
  await change(input, 'Added', ({ library }) => library.add({ path: file, role }));
}

async function chooseModel(input: CommandInput, name: string, role: ModelRole | undefined): Promise<void> {
  await change(input, 'Using', async ({ library }) => {
    const model = await library.find(name);
    await library.setDefault(role ?? model.role, model.id);
    return library.get(model.id);
  });
}

type Library = Pick<ReturnType<typeof openModelsOf>['models'], 'library'>;

async function change(
  { dataDir, isJson, output }: CommandInput,
  done: string,
  work: (models: Library) => Promise<Model>,
): Promise<void> {
  const lock = lockDataDir(dataDir);
  const opened = openModelsOf(dataDir);
  try {
    const model = await work(opened.models);
    output.result(isJson ? JSON.stringify({ model: modelAsJson(model) }) : `${done} ${modelAsText(model)}`);
  } finally {
    await opened.close();
    lock.release();
  }
}

function modelAsJson(model: Model) {
  const { id, name, path, role, isDefault, sizeBytes, architecture } = model;
  const { parameterCount, quantisation, contextLength, problem } = model;
  return {
    id,
    name,
    path,
    role,
    isDefault,
    sizeBytes,
    architecture,
    parameterCount,
    quantisation,
    contextLength,
    problem,
  };
}

function modelAsText({ name, role, isDefault, sizeBytes, quantisation, path, problem }: Model): string {
  const facts = [role, quantisation, `${(sizeBytes / 1e6).toFixed(1)} MB`, isDefault ? 'default' : null];
  const line = `${name}  (${facts.filter((fact) => fact !== null).join(', ')})  ${path}`;
  return problem === null ? line : `${line}\n  ${problem}`;
}
