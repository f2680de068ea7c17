#!/usr/bin/env node
// Builds a .deb with the system's dpkg-deb from the arguments electron-builder gives to fpm, so that no tool has to be
// downloaded for it. Knows only what electron-builder uses for a .deb.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const flags = new Set(['--force', '--deb-no-default-config-files']);
const scripts = {
  '--after-install': 'postinst',
  '--after-remove': 'postrm',
  '--before-install': 'preinst',
  '--before-remove': 'prerm',
};

const { options, inputs } = parse(process.argv.slice(2));
const staging = mkdtempSync(join(tmpdir(), 'alcove-deb-'));
try {
  for (const input of inputs) stage(input);
  writeControl();
  const output = resolve(one('--package') ?? one('-p'));
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression(), '--build', staging, output]);
} finally {
  rmSync(staging, { recursive: true, force: true });
}

/** fpm's word for a compression in dpkg-deb's words; gzip is chosen for speed. */
function compression() {
  return one('--deb-compression') === 'gz' ? ['-Zgzip', '-z1'] : ['-Zxz'];
}

function parse(args) {
  const options = new Map();
  const inputs = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (flags.has(arg)) continue;
    if (!arg.startsWith('-')) {
      inputs.push(arg);
      continue;
    }
    const [name, inline] = arg.split(/=(.*)/s);
    const value = inline ?? args[++index];
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { options, inputs };
}

function one(name) {
  return options.get(name)?.at(-1);
}

/** An input is `from=to`: a file or folder of this machine, and where it goes in the package. */
function stage(input) {
  const [from, to] = input.split('=');
  const target = join(staging, to);
  mkdirSync(dirname(target), { recursive: true });
  const isContents = from.endsWith('/');
  if (!isContents && !statSync(from).isDirectory()) return cpSync(from, target);
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

function writeControl() {
  const folder = join(staging, 'DEBIAN');
  mkdirSync(folder, { recursive: true });
  const fields = {
    Package: one('--name'),
    Version: one('--version'),
    Architecture: one('--architecture'),
    Maintainer: one('--maintainer'),
    'Installed-Size': Math.ceil(sizeOf(staging) / 1024),
    Depends: (options.get('-d') ?? options.get('--depends') ?? []).join(', '),
    Recommends: (options.get('--deb-recommends') ?? []).join(', '),
    Section: one('--category') ?? 'default',
    Priority: 'optional',
    Homepage: one('--url'),
    Description: descriptionOf(one('--description') ?? one('--name')),
  };
  const lines = Object.entries(fields).filter(([, value]) => value);
  writeFileSync(join(folder, 'control'), lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  for (const [option, name] of Object.entries(scripts)) {
    const path = one(option);
    if (!path) continue;
    writeFileSync(join(folder, name), readFileSync(path));
    chmodSync(join(folder, name), 0o755);
  }
}

/** Continuation lines of a control field begin with a space; an empty one is a dot. */
function descriptionOf(text) {
  const [first, ...rest] = text.trim().split('\n');
  return [first, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n');
}

function sizeOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
