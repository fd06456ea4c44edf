import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';

type NoticeProps = Readonly<{
  title: string;
  text: string;
  action?: Readonly<{ label: string; run: () => void }> | null;
  /** Troubles are read aloud at once. */
  isUrgent?: boolean;
  children?: ReactNode;
}>;

/** A state in which there is nothing else to show: real words and one action. */
export function Notice({ title, text, action = null, isUrgent = false, children }: NoticeProps) {
  return (
    <section className="notice" role={isUrgent ? 'alert' : undefined}>
      <h1 dir="auto">{title}</h1>
      <p dir="auto">{text}</p>
      {children}
      {action && (
        <Button appearance="primary" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </section>
  );
}
