import type { World } from '../../world.ts';
import { documentFrom, htmlOf, textFromHtml } from './html.ts';
import type { EventBody, OnlineMeeting } from './state.ts';

export const providers: readonly string[] = [
  'unknown',
  'teamsForBusiness',
  'skypeForBusiness',
  'skypeForConsumer',
];

/** A meeting of Teams with an address of its own. */
export function newOnlineMeeting(world: World, provider: string): OnlineMeeting {
  const thread = Buffer.from(world.uuid()).toString('base64url');
  return {
    provider: provider === 'unknown' ? 'teamsForBusiness' : provider,
    joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${thread}%40thread.v2/0?context=%7b%22Tid%22%3a%2200000000-0000-0000-0000-0000000005eb%22%7d`,
    conferenceId: String(100_000_000 + (world.nextNumber() % 900_000_000)),
  };
}

export function bodyFrom(contentType: 'text' | 'html', content: string): EventBody {
  const isHtml = contentType === 'html';
  const text = isHtml ? textFromHtml(content) : content;
  return {
    contentType,
    content: isHtml ? documentFrom(content) : content,
    preview: text.slice(0, 255),
  };
}

/** A body with what Teams adds at its end; it is HTML from then on. */
export function withJoinBlob(body: EventBody, online: OnlineMeeting): EventBody {
  const blob = `<div class="me-email-text"><br>________________________________________________________________________________<br><a href="${online.joinUrl}">Join the meeting now</a><br>Meeting ID: ${online.conferenceId}<br>________________________________________________________________________________</div>`;
  const html = htmlOf(body);
  if (html === '') return bodyFrom('html', blob);
  return bodyFrom(
    'html',
    html.includes('</body>') ? html.replace('</body>', () => `${blob}</body>`) : html + blob,
  );
}

/** A meeting whose join address was taken out of its body is none any more (facts/graph.md 5.1). */
export const isStillOnline = (body: EventBody, { joinUrl }: OnlineMeeting): boolean =>
  body.content.includes(joinUrl);
