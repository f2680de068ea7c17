import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const sourceRoot = resolve(import.meta.dirname, '..', '..', 'src');

export interface SourceImport {
  /** The importing file, relative to `src`, with forward slashes. */
  from: string;
  /** What is imported: another file relative to `src`, or the name of a package. */
  to: string;
  isPackage: boolean;
  isTypeOnly: boolean;
  isDynamic: boolean;
}

const statement = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Every source file, relative to `src`. */
export function sourceFiles(): string[] {
  const entries = readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => /\.tsx?$/.test(name)).map((name) => name.split(sep).join('/'));
}

/** Every import of every source file, as written; a text scan, so that the rules need no build. */
export function sourceImports(): SourceImport[] {
  return sourceFiles().flatMap((from) => {
    const text = readFileSync(join(sourceRoot, from), 'utf8');
    const statements = [...text.matchAll(statement)].map(([, , type, target = '']) => ({
      target,
      isTypeOnly: type !== undefined,
      isDynamic: false,
    }));
    const dynamics = [...text.matchAll(dynamic)].map(([, target = '']) => ({
      target,
      isTypeOnly: false,
      isDynamic: true,
    }));
    return [...statements, ...dynamics].map(({ target, ...kind }) => ({
      from,
      ...resolved(from, target),
      ...kind,
    }));
  });
}

function resolved(from: string, target: string): { to: string; isPackage: boolean } {
  if (target.startsWith('@contract/'))
    return { to: `contract/${target.slice('@contract/'.length)}.ts`, isPackage: false };
  if (!target.startsWith('.')) return { to: packageOf(target), isPackage: true };
  const path = resolve(sourceRoot, dirname(from), target.split('?', 1)[0] ?? target);
  return { to: relative(sourceRoot, path).split(sep).join('/'), isPackage: false };
}

function packageOf(target: string): string {
  const [scope = '', name] = target.split('/');
  return target.startsWith('@') && name ? `${scope}/${name}` : target.startsWith('node:') ? target : scope;
}
