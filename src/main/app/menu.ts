import type { AppCommand } from '@contract/app';
import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  isPackaged: boolean;
  send: (command: AppCommand['command']) => void;
}

/** The application menu; its shortcuts work wherever the focus is. */
export function setMenu({ isPackaged, send }: MenuOptions): void {
  const isMac = process.platform === 'darwin';
  const item = (label: string, accelerator: string, command: AppCommand['command']) => ({
    label,
    accelerator,
    click: () => send(command),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        item('New chat', 'CmdOrCtrl+N', 'new-chat'),
        item('Add a folder…', 'CmdOrCtrl+O', 'add-folder'),
        { type: 'separator' },
        item('Settings', 'CmdOrCtrl+,', 'open-settings'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        item('Search', 'CmdOrCtrl+K', 'search'),
        item('Knowledge', 'CmdOrCtrl+Shift+K', 'open-knowledge'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developerItems(isPackaged),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function developerItems(isPackaged: boolean): MenuItemConstructorOptions[] {
  return isPackaged ? [] : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
}
