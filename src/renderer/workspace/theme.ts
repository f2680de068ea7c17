import type { Settings } from '@contract/settings';

const rememberedKey = 'alcove.theme';
const prefersDark = '(prefers-color-scheme: dark)';

/** Applies the theme last used, before anything is drawn; settings arrive later. */
export function applyRememberedTheme(): void {
  const remembered = localStorage.getItem(rememberedKey);
  applyTheme(remembered === 'light' || remembered === 'dark' ? remembered : 'system');
}

export function applyTheme(theme: Settings['theme']): void {
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia(prefersDark).matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  localStorage.setItem(rememberedKey, theme);
}

/** Calls back when the system changes between light and dark. */
export function onSystemTheme(listener: () => void): () => void {
  const media = matchMedia(prefersDark);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}
