interface Window {
  /** Present in the app's own window: what the preload adds. */
  readonly alcove?: { pathForFile: (file: File) => string };
}
