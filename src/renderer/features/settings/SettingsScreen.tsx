import { settings as settingsSchema, type SettingsPatch } from '@contract/settings';
import { z } from 'zod';
import { alcove } from '../../client/alcove.ts';
import { liveSettings, useLive } from '../../client/live.ts';
import { Notice } from '../../components/Notice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { attempt } from '../../workspace/toasts.ts';
import { About } from './About.tsx';
import { Doctor } from './Doctor.tsx';
import { SettingControl } from './SettingControl.tsx';
import { settingFields } from './setting-fields.ts';
import { ShortcutList } from './ShortcutList.tsx';
import './settings.css';

const fields = settingFields(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }));

/** Everything that can be set, the state of this installation, and what the keys do. */
export default function SettingsScreen() {
  const { value: settings, failure } = useLive(liveSettings);
  const change = (patch: SettingsPatch): void => attempt(alcove.settings.update(patch));
  return (
    <div className="page">
      <div className="page-column">
        <div className="page-head">
          <h1>Settings</h1>
        </div>
        {failure && !settings && (
          <Notice tone="failure" title={failure.title}>
            {failure.detail}
          </Notice>
        )}
        {!failure && !settings && <Skeleton label="Loading settings" />}
        {settings && (
          <div className="card settings-card">
            {fields.map((field) => (
              <SettingControl
                key={field.key}
                field={field}
                value={settings[field.key]}
                onChange={(value) => change({ [field.key]: value })}
              />
            ))}
          </div>
        )}
        <Doctor />
        <ShortcutList />
        <About />
      </div>
    </div>
  );
}
