import { createStore } from '../client/store.ts';

export const isPaletteOpen = createStore(false);
