import { type ComponentType, lazy, useState } from 'react';

/**
 * A component of its own file that can be fetched ahead of its first use. Fetched, it is drawn at once: React's `lazy`
 * alone would still wait, and hold back what it then has for a third of a second.
 */
export function prepared<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let ready: ComponentType<Props> | null = null;
  const fetch = async (): Promise<{ default: ComponentType<Props> }> => {
    const module = await load();
    ready = module.default;
    return module;
  };
  const Later = lazy(fetch) as ComponentType<Props>;
  function Prepared(props: Props) {
    const [Shown] = useState<ComponentType<Props>>(() => ready ?? Later);
    return <Shown {...props} />;
  }
  const prepare = (): void => {
    fetch().catch(() => {
      // Fetched again, and its failure shown, when it is drawn.
    });
  };
  return Object.assign(Prepared, { prepare });
}
