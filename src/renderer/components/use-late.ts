import { useEffect, useState } from 'react';

/** True once `delayMs` have passed: what takes less shows no sign of waiting. */
export function useLate(delayMs = 200): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isLate;
}
