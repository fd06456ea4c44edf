import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';

type NoticeProps = Readonly<{
  title: string;
  text: string;
  action?: Readonly<{ label: string; run: () => void }> | null;
  /** Troubles are read aloud at once. */
  isUrgent?: boolean;
  /** Within a part that has a heading of its own. */
  isInside?: boolean;
  children?: ReactNode;
}>;

/** A state in which there is nothing else to show: real words and one action. */
export function Notice({
  title,
  text,
  action = null,
  isUrgent = false,
  isInside = false,
  children,
}: NoticeProps) {
  const Heading = isInside ? 'h2' : 'h1';
  return (
    <section className="notice" role={isUrgent ? 'alert' : undefined}>
      <Heading dir="auto">{title}</Heading>
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
