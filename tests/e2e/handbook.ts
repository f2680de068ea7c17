import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './launch.ts';

/** A small real folder with one answer in it that nothing else in the world holds. */
export function handbookFolder(): string {
  const folder = join(temporaryFolder('handbook'), 'handbook');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(
    join(folder, 'heating.md'),
    '# Heating\n\n## Boiler\n\nThe boiler in the cellar is bled every October. Turn the brass valve by a quarter.\n',
  );
  writeFileSync(
    join(folder, 'garden.md'),
    '# Garden\n\nPlums are picked in September, quinces in November.\n',
  );
  writeFileSync(
    join(folder, 'src', 'valve.ts'),
    '/** Opens the brass valve. */\nexport function openBrassValve(quarters: number): number {\n  return quarters * 90;\n}\n',
  );
  return folder;
}

export const question = 'When is the boiler in the cellar bled?';
