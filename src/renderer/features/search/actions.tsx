import { Box, FolderPlus, Library, Plus, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { chooseFolder } from '../../workspace/add-folder.ts';
import { chooseModelFile } from '../../workspace/add-model.ts';
import { focusMessageField } from '../../workspace/focus.ts';
import { goTo } from '../../workspace/route.ts';

export interface PaletteAction {
  label: string;
  icon: ReactNode;
  run: () => void;
}

const actions: readonly PaletteAction[] = [
  {
    label: 'New chat',
    icon: <SquarePen aria-hidden />,
    run: () => {
      goTo({ view: 'chat', conversationId: null });
      focusMessageField();
    },
  },
  { label: 'Add a folder', icon: <FolderPlus aria-hidden />, run: () => void chooseFolder() },
  { label: 'Add a model file', icon: <Plus aria-hidden />, run: () => void chooseModelFile() },
  {
    label: 'Knowledge',
    icon: <Library aria-hidden />,
    run: () => goTo({ view: 'knowledge', sourceId: null }),
  },
  { label: 'Models', icon: <Box aria-hidden />, run: () => goTo({ view: 'models' }) },
  { label: 'Settings', icon: <Settings aria-hidden />, run: () => goTo({ view: 'settings' }) },
];

/** The actions whose label holds every word typed. */
export function matchingActions(text: string): readonly PaletteAction[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter((action) => words.every((word) => action.label.toLowerCase().includes(word)));
}
