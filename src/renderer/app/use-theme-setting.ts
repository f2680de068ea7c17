import { useEffect } from 'react';
import { liveSettings, useLive } from '../client/live.ts';
import { applyTheme, onSystemTheme } from '../workspace/theme.ts';

/** Keeps the window in the theme of the settings, and of the system where they say so. */
export function useThemeSetting(): void {
  const theme = useLive(liveSettings).value?.theme;
  useEffect(() => {
    if (theme === undefined) return onSystemTheme(() => applyTheme('system'));
    applyTheme(theme);
    return onSystemTheme(() => applyTheme(theme));
  }, [theme]);
}
