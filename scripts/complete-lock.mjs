// Adds to package-lock.json the optional binaries of other systems that npm leaves out when a registry does not carry
// them; `npm ci` refuses a lock without them, and other systems would not get theirs. Run it after `npm install` has
// changed the lock: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = { darwin: 'darwin', mac: 'darwin', linux: 'linux', win: 'win32', win32: 'win32' };
const processors = { arm64: 'arm64', armv7l: 'arm', riscv64: 'riscv64', x64: 'x64' };
const libraries = { gnu: 'glibc', musl: 'musl' };

let addedCount = 0;
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    const entry = entryFor(name, version);
    if (lock.packages[key] || !entry) continue;
    lock.packages[key] = entry;
    addedCount++;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en')),
);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${addedCount} added.`);

/** What npm writes for a package of another system; null for one whose name does not say which it is for. */
function entryFor(name, version) {
  const words = name.split(/[/-]/);
  const pick = (table) => words.map((word) => table[word]).find((value) => value !== undefined);
  const [os, cpu, libc] = [pick(systems), pick(processors), pick(libraries)];
  if (!os || !cpu || !/^\d/.test(version)) return null;
  return { version, cpu: [cpu], ...(libc && { libc: [libc] }), optional: true, os: [os] };
}
