import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() });

export type Rectangle = z.infer<typeof rectangle>;
export type WindowState = z.infer<typeof windowState>;

/** Where the window was when it was last closed; null when that is unknown. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null; // a first start, or a damaged file: the default place serves
  }
}

export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // The place of the window is not worth a message.
  }
}

/** Whether enough of the window lies on some screen to be dragged: screens come and go between two starts. */
export function isReachable(bounds: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some((screen) => {
    const width = overlap(bounds.x, bounds.width, screen.x, screen.width);
    const height = overlap(bounds.y, bounds.height, screen.y, screen.height);
    return width >= 100 && height >= 50;
  });
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
