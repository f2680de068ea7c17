import { useQuery } from '@tanstack/react-query';
import type { HealthCheck } from '@contract/app';
import { CircleAlert, CircleCheck, CircleX, RefreshCw } from 'lucide-react';
import { queries } from '../../client/alcove.ts';
import { Button } from '../../components/Button.tsx';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';

const icons: Record<HealthCheck['state'], { icon: React.ReactNode; label: string }> = {
  ok: { icon: <CircleCheck />, label: 'In order' },
  warning: { icon: <CircleAlert />, label: 'Worth a look' },
  failed: { icon: <CircleX />, label: 'Failed' },
};

/** What Alcove finds when it looks itself over. */
export function Doctor() {
  const { data, error, isFetching, refetch } = useQuery(queries.app.doctor.queryOptions());
  return (
    <section aria-label="Checks">
      <div className="section-head">
        <h2>Checks</h2>
        <Button
          tone="quiet"
          className="button-small"
          icon={<RefreshCw />}
          disabled={isFetching}
          onClick={() => void refetch()}
        >
          {isFetching ? 'Checking' : 'Check again'}
        </Button>
      </div>
      {error && <FailureNotice error={error} />}
      {!error && !data && <Skeleton label="Checking" />}
      {data && (
        <ul className="card settings-card">
          {data.map((check) => (
            <li key={check.id} className={`check check-${check.state}`}>
              <span className="check-icon" role="img" aria-label={icons[check.state].label}>
                {icons[check.state].icon}
              </span>
              <div>
                <p>{check.label}</p>
                <p className="muted">{check.detail}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
