import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './Tooltip.tsx';
import './button.css';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: ReactNode;
};

export function Button({ tone = 'plain', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classNames('button', `button-${tone}`, className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & {
  label: string;
  shortcut?: string;
  tone?: 'plain' | 'primary';
};

/** A button that shows an icon only; its label is spoken and shown as a tooltip with its shortcut. */
export function IconButton({
  label,
  shortcut,
  tone = 'plain',
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        className={classNames('icon-button', `icon-button-${tone}`, className)}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
