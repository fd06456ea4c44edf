import { unreachable } from '../../shared/domain.ts';
import { OpenPane } from './open-pane.tsx';
import { copyText } from './parts/copy.ts';
import { Notice } from './parts/notice.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { troubleHelp } from './parts/trouble-help.ts';
import { Welcome } from './parts/welcome.tsx';
import type { StageProps } from './stage-props.ts';
import { troubleOf, type Trouble } from './state/trouble.ts';

/** What stands on the page in each state of the pane. */
export function Stage(props: StageProps) {
  const { screen, dispatch, outlook, server, prefs, say } = props;
  switch (screen.is) {
    case 'starting':
    case 'connecting':
      return <Skeleton label={say('starting')} />;
    case 'outside':
      return <Notice title={say('outsideTitle')} text={say('outsideText')} />;
    case 'noOffice': {
      const reload = { label: say('tryAgain'), run: () => location.reload() };
      return <Notice isUrgent title={say('noOfficeTitle')} text={say('noOfficeText')} action={reload} />;
    }
    case 'welcome': {
      const start = (): void => {
        prefs.setWelcomed();
        dispatch({ event: 'welcomed' });
      };
      return <Welcome say={say} start={start} />;
    }
    case 'stopped':
      return <Notice isUrgent {...helpIn(props, screen.trouble)} />;
    case 'open':
      // News of the person come through the connection, so it is there and so is Outlook; types do not know.
      if (outlook === null || server.connection === null) return <Skeleton label={say('starting')} />;
      return (
        <OpenPane
          {...props}
          {...{ outlook, me: screen.me, connection: server.connection }}
          help={screen.trouble === null ? null : helpIn(props, screen.trouble)}
        />
      );
  }
  return unreachable(screen);
}

/** A trouble in words, with its one action. */
function helpIn({ say, outlook, server, dispatch, announce }: StageProps, trouble: Trouble) {
  const retry = (): void => {
    dispatch({ event: 'tried' });
    server.again();
  };
  const signIn = async (): Promise<void> => {
    try {
      await (await server.connect()).signIn.signIn();
      retry();
    } catch (error) {
      dispatch({ event: 'failed', trouble: troubleOf(error) });
    }
  };
  return troubleHelp(trouble, {
    say,
    mailbox: outlook?.mailbox.address ?? '',
    requestId: server.connection?.api.lastRequestId() ?? null,
    signIn: () => void signIn(),
    retry,
    copy: (text) => void copyText(text).then((isCopied) => isCopied && announce(say('copied'))),
  });
}
