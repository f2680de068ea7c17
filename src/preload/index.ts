import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * All the page gets: one MessagePort that carries the contract, and the path of a file the user dropped on it. A
 * sandboxed page has no other way to learn that path, and only a `File` the user handed over has one. Nothing else
 * belongs here.
 */
contextBridge.exposeInMainWorld('alcove', {
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
});

ipcRenderer.on('alcove:port', (event) => {
  window.postMessage('alcove:port', window.location.origin, event.ports);
});

// Module scripts have run by now, so the page is listening. A reload asks again and gets a new port.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('alcove:connect'));
