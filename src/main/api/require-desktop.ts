import { AppError } from '../platform/app-error.ts';
import type { Desktop, Door } from './services.ts';

/** The desktop behind a door. @throws AppError `not_supported_here` for a door without one. */
export function requireDesktop(door: Door): Desktop {
  if (door.desktop) return door.desktop;
  throw new AppError('not_supported_here', 'A browser cannot do this. Open Alcove in its own window.');
}
