import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './notice.css';

export type NoticeTone = 'information' | 'waiting' | 'failure';

/** A card inside the page that says what happened and offers at most a next step or two. */
export function Notice({
  tone,
  title,
  children,
  actions,
}: {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={classNames('notice', `notice-${tone}`)} role={tone === 'failure' ? 'alert' : 'status'}>
      <p className="notice-title">{title}</p>
      {children && <div className="notice-text">{children}</div>}
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}
