import { Path } from '../../components/Path.tsx';
import { useAppInfo } from '../../workspace/app-info.ts';

/** Which Alcove this is and where it keeps things. */
export function About() {
  const info = useAppInfo();
  return (
    <section aria-label="About">
      <h2 className="section-title">About</h2>
      <div className="card settings-card">
        <div className="setting">
          <div className="setting-words">
            <p>Data folder</p>
            <p className="muted">Chats, settings and the index. Your own files stay where they are.</p>
          </div>
          {info && <Path path={info.dataDir} maxLength={40} />}
        </div>
        <div className="setting">
          <div className="setting-words">
            <p>Version</p>
            <p className="muted">Nothing leaves this computer unless you say so.</p>
          </div>
          <span className="tabular">Alcove {info?.version}</span>
        </div>
      </div>
    </section>
  );
}
