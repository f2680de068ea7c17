import { describe, expect, test } from 'vitest';
import { sourceFiles, sourceImports, type SourceImport } from './source-imports.ts';

const imports = sourceImports();

const inside = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const inMain = inside('main');
const inRenderer = inside('renderer');
const inContract = inside('contract');

/** The domains: what Alcove does, runnable in plain Node. */
const domains = ['conversations', 'inference', 'knowledge', 'settings'];

function domainOf(path: string): string | undefined {
  return domains.find((domain) => inside(`main/${domain}`)(path));
}

function described(found: SourceImport[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

describe('imports point one way', () => {
  test('there is something to look at', () => {
    expect(sourceFiles().length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  test('the contract stands alone, on zod and oRPC’s contract package', () => {
    const allowed = new Set(['zod', '@orpc/contract']);
    const wrong = imports.filter(
      ({ from, to, isPackage }) => inContract(from) && (isPackage ? !allowed.has(to) : !inContract(to)),
    );
    expect(described(wrong)).toEqual([]);
  });

  test('the renderer sees the main side only through the contract', () => {
    const wrong = imports.filter(
      ({ from, to, isPackage }) => inRenderer(from) && !isPackage && !inRenderer(to) && !inContract(to),
    );
    expect(described(wrong)).toEqual([]);
  });

  test('the renderer uses no Node and no Electron', () => {
    const wrong = imports.filter(
      ({ from, to, isPackage }) =>
        inRenderer(from) && isPackage && (to.startsWith('node:') || to === 'electron'),
    );
    expect(described(wrong)).toEqual([]);
  });

  test('features of the renderer do not know each other', () => {
    const featureOf = (path: string) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1];
    const wrong = imports.filter(({ from, to }) => {
      const feature = featureOf(from);
      const other = featureOf(to);
      return feature !== undefined && other !== undefined && feature !== other;
    });
    expect(described(wrong)).toEqual([]);
  });

  test('the main side does not reach into the renderer or the preload', () => {
    const wrong = imports.filter(
      ({ from, to }) => inMain(from) && (inRenderer(to) || to.startsWith('preload/')),
    );
    expect(described(wrong)).toEqual([]);
  });

  test('only the entry, the app folder and the electron adapters know Electron', () => {
    const allowed = /^(main\/electron\.ts|main\/app\/.*|main\/platform\/electron-[^/]*|preload\/.*)$/;
    const wrong = imports.filter(({ from, to }) => to === 'electron' && !allowed.test(from));
    expect(described(wrong)).toEqual([]);
  });

  test('domains do not import the app, the doors or the command line', () => {
    const outer = /^main\/(app|api|cli|health)\/|^main\/[^/]+\.ts$/;
    const wrong = imports.filter(({ from, to }) => domainOf(from) !== undefined && outer.test(to));
    expect(described(wrong)).toEqual([]);
  });

  test('a domain does not import a sibling', () => {
    const wrong = imports.filter(({ from, to }) => {
      const domain = domainOf(from);
      const other = domainOf(to);
      return domain !== undefined && other !== undefined && domain !== other;
    });
    expect(described(wrong)).toEqual([]);
  });

  test('the platform stands below all of them', () => {
    const wrong = imports.filter(
      ({ from, to, isPackage }) =>
        inside('main/platform')(from) && !isPackage && !inside('main/platform')(to) && !inContract(to),
    );
    expect(described(wrong)).toEqual([]);
  });

  test('the preload imports Electron and nothing else', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('preload/') && to !== 'electron');
    expect(described(wrong)).toEqual([]);
  });

  test('native code stays out of the main process', () => {
    const native = new Set(['node-llama-cpp', '@lancedb/lancedb', 'web-tree-sitter', 'apache-arrow']);
    const children = /^main\/(inference\/engine(-child\.ts|\/)|knowledge\/(vectors|chunkers|readers)\/)/;
    const wrong = imports.filter(
      ({ from, to, isTypeOnly }) => native.has(to) && !isTypeOnly && !children.test(from),
    );
    expect(described(wrong)).toEqual([]);
  });
});

describe('starting', () => {
  test.each(['main/cli.ts', 'main/cli/search-command.ts', 'main/cli/index-command.ts', 'main/electron.ts'])(
    '%s loads no model, vectors, grammars or document readers before they are needed',
    (entry) => {
      const heavy = /^(node-llama-cpp|@lancedb\/lancedb|apache-arrow|web-tree-sitter|pdfjs-dist|mammoth)$/;
      const loaded = [...reachedFrom(entry)];
      expect(loaded.length).toBeGreaterThan(1);
      expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
      expect(loaded.filter((name) => /^main\/knowledge\/(readers|chunkers)\//.test(name))).toEqual([]);
    },
  );
});

/** Every file and package that evaluating `entry` evaluates: imports made when needed are left out. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    const targets = imports.filter(
      ({ from, isTypeOnly, isDynamic }) => from === file && !isTypeOnly && !isDynamic,
    );
    for (const { to } of targets) reached.add(to);
  }
  return reached;
}

describe('the module graph', () => {
  test('has no cycles', () => {
    expect(findCycles(imports.filter(({ isPackage, isTypeOnly }) => !isPackage && !isTypeOnly))).toEqual([]);
  });
});

/** One path for each cycle, found depth first. */
function findCycles(edges: readonly SourceImport[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
