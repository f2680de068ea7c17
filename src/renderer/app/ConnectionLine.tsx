import { connection } from '../client/alcove.ts';
import { useStore } from '../client/store.ts';
import { useLate } from '../components/use-late.ts';

/** Says that Alcove cannot be reached; nothing while it can. */
export function ConnectionLine() {
  const phase = useStore(connection.phase);
  return phase === 'connected' ? null : <Line isFirst={phase === 'connecting'} />;
}

const firstConnectionMs = 1_500;
const briefDropMs = 300;

function Line({ isFirst }: { isFirst: boolean }) {
  const isLate = useLate(isFirst ? firstConnectionMs : briefDropMs);
  if (!isLate) return null;
  return (
    <p className="connection-line" role="status">
      {isFirst ? 'Connecting to Alcove' : 'Alcove is not answering. Connecting again'}
    </p>
  );
}
