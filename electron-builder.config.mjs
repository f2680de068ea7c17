// How the installers are made. `npm run package` runs it; see scripts/package.mjs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A prepared runtime instead of the one electron-builder would download. */
const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH;

/** Native code and what it loads by path must be real files. */
const native = [
  '@lancedb',
  '@napi-rs',
  '@node-llama-cpp',
  '@photostructure/sqlite',
  '@vscode/tree-sitter-wasm',
  'node-llama-cpp',
  'web-tree-sitter',
];

/** Left out: sources of llama.cpp's binding, and what is for other systems than the one packaged for. */
const unneeded = [
  '!**/*.map',
  '!node_modules/node-llama-cpp/{templates,bins}/**',
  '!node_modules/node-llama-cpp/llama/{addon,cmake,toolchains,localBuilds,gitRelease.bundle}{,/**}',
  '!node_modules/@types/**',
  // A second copy of the CUDA binaries for old driver versions, 360 MB: the Vulkan and CPU ones serve those.
  '!node_modules/@node-llama-cpp/*-cuda-ext/**',
];

const otherSystems = {
  linux: ['!**/prebuilds/{darwin,win32}-*/**', '!node_modules/@node-llama-cpp/{mac,win}-*/**'],
  mac: ['!**/prebuilds/{linux,win32}-*/**', '!node_modules/@node-llama-cpp/{linux,win}-*/**'],
  win: ['!**/prebuilds/{darwin,linux}-*/**', '!node_modules/@node-llama-cpp/{linux,mac}-*/**'],
};

/** Packages of the other processor, which npm installs too since it cannot tell which one is meant. */
const otherProcessor = '!node_modules/@node-llama-cpp/linux-{arm64,armv7l}/**';

export default {
  appId: 'app.alcove.Alcove',
  productName: 'Alcove',
  copyright: 'The Alcove authors, MIT licence',
  directories: { output: 'dist', buildResources: 'build' },
  files: ['out/**', 'package.json', 'LICENSE', ...unneeded],
  extraResources: [{ from: 'resources/embedder', to: 'embedder' }],
  asar: true,
  asarUnpack: native.map((name) => `node_modules/${name}/**`),
  // Everything native is prebuilt for Node-API and needs no rebuilding for Electron.
  npmRebuild: false,
  ...(electronDist && { electronDist, electronVersion: versionOf(electronDist) }),
  electronFuses: {
    // On: before llama.cpp is loaded, node-llama-cpp tries its binary in a process that it forks as Node. Without that,
    // a driver that does not fit could not be told apart from an engine that does not run.
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
    executableName: 'alcove',
    category: 'Office',
    synopsis: 'Ask your own documents, on your own computer',
    maintainer: 'The Alcove authors <authors@alcove.invalid>',
    vendor: 'The Alcove authors',
    icon: 'build/icon.png',
    files: [...otherSystems.linux, ...(process.arch === 'x64' ? [otherProcessor] : [])],
  },
  deb: {
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      'libsecret-1-0',
    ],
  },
  mac: {
    target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
    category: 'public.app-category.productivity',
    icon: 'build/icon.png',
    hardenedRuntime: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    files: otherSystems.mac,
  },
  win: {
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    icon: 'build/icon.png',
    files: otherSystems.win,
  },
  nsis: { oneClick: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
};

function versionOf(folder) {
  const path = join(folder, 'version');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().replace(/^v/, '') : undefined;
}
