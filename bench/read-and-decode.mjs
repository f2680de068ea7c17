// The floor of indexing a folder: lists its files, reads each and decodes it as UTF-8, and does nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let characters = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile())
    characters += readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8').length;
}
console.log(characters);
