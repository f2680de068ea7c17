import { formatShortcut, shortcuts } from '../../workspace/shortcuts.ts';

export function ShortcutList() {
  return (
    <section aria-label="Keyboard">
      <h2 className="section-title">Keyboard</h2>
      <dl className="card settings-card shortcut-list">
        {shortcuts.map((shortcut) => (
          <div key={shortcut.id} className="setting">
            <dt>{shortcut.label}</dt>
            <dd>
              <kbd>{formatShortcut(shortcut.id)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
