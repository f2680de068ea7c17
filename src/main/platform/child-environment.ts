/** Variables that system libraries, temporary folders and GPU drivers need; everything else stays with the parent. */
const inherited = new Set([
  'PATH',
  'HOME',
  'USERPROFILE',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'XDG_RUNTIME_DIR',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
  'GGML_VK_VISIBLE_DEVICES',
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'ALCOVE_THREADS',
  'ALCOVE_GPU',
]);

/** The part of `parent` that a child gets to see, with `extra` on top. Secrets in the environment stay behind. */
export function childEnvironment(
  extra: Record<string, string> = {},
  parent: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && inherited.has(name.toUpperCase())) env[name] = value;
  }
  return { ...env, ...extra };
}
