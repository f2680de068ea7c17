const intervalMs = 2;

/**
 * Watches this process's event loop. A late timer means that the loop was blocked, or that the machine gave the
 * processor to others; the processor time used since the timer before tells which.
 */
export class EventLoopWatch {
  longestDelayMs = 0;
  /** Longest delay that this process's own work explains. */
  longestTurnMs = 0;
  #timer: NodeJS.Timeout | null = null;

  start(): void {
    let dueAt = performance.now() + intervalMs;
    let used = processorMs();
    this.#timer = setInterval(() => {
      const delayMs = performance.now() - dueAt;
      const nowUsed = processorMs();
      this.longestDelayMs = Math.max(this.longestDelayMs, delayMs);
      this.longestTurnMs = Math.max(this.longestTurnMs, Math.min(delayMs, nowUsed - used));
      used = nowUsed;
      dueAt = performance.now() + intervalMs;
    }, intervalMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
