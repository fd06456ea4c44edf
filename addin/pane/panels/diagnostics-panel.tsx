import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import { usePane } from '../pane-context.ts';
import { copyText } from '../parts/copy.ts';

/** What whoever helps needs to know; nothing of it is personal. */
export function DiagnosticsPanel() {
  const { say, outlook, settings, api, language, announce } = usePane();
  const [isCopied, setIsCopied] = useState(false);
  const { client, platform, version, mailboxSet, nestedSignIn } = outlook.capabilities;
  const facts: readonly (readonly [string, string])[] = [
    [say('client'), client],
    [say('platform'), platform],
    [say('clientVersion'), version],
    [say('mailboxSet'), mailboxSet],
    [say('nestedSignIn'), say(nestedSignIn ? 'yes' : 'no')],
    [say('serverVersion'), settings.version],
    [say('language'), language],
    [say('lastRequest'), api.lastRequestId() ?? '–'],
  ];
  const copy = async (): Promise<void> => {
    const done = await copyText(facts.map(([name, value]) => `${name}: ${value}`).join('\n'));
    setIsCopied(done);
    if (done) announce(say('copied'));
  };
  return (
    <article className="settings">
      <h1>{say('diagnostics')}</h1>
      <p>{say('diagnosticsText')}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="deeds">
        <Button onClick={() => void copy()}>{say('copy')}</Button>
        {isCopied && <span className="hint">{say('copied')}</span>}
      </div>
    </article>
  );
}
