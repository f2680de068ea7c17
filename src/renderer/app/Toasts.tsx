import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '../client/store.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { classNames } from '../components/class-names.ts';
import { dismissToast, type Toast, toasts } from '../workspace/toasts.ts';
import './toasts.css';

const shownMs = 6_000;
const failureShownMs = 12_000;

/** Short messages that go away by themselves, but not while one is reading them. */
export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div className="toasts" role="region" aria-label="Messages">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(
      () => dismissToast(toast.id),
      toast.tone === 'failure' ? failureShownMs : shownMs,
    );
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  const act = (): void => {
    dismissToast(toast.id);
    toast.action?.run();
  };
  return (
    <div
      className={classNames('toast', toast.tone === 'failure' && 'toast-failure')}
      role={toast.tone === 'failure' ? 'alert' : 'status'}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <div className="toast-words">
        <p className="toast-title">{toast.title}</p>
        {toast.detail !== null && <p className="toast-detail">{toast.detail}</p>}
      </div>
      {toast.action && (
        <Button className="button-small" onClick={act}>
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismissToast(toast.id)}>
        <X />
      </IconButton>
    </div>
  );
}
