import type { Settings } from '../../config.ts';
import { markup, tableOf, type Markup } from './markup.ts';

/** What the registration asks for, and why. The first five are for the service itself, without anybody signed in. */
const permissions = [
  [
    'Contacts.ReadWrite',
    'Application',
    'Reads and writes the contacts of the people on the user map, and is told when they change.',
  ],
  ['Calendars.ReadWrite', 'Application', 'The same for appointments and meetings. Mail is not read.'],
  ['Tasks.ReadWrite.All', 'Application', 'The same for tasks, in Outlook and To Do.'],
  [
    'MailboxSettings.ReadWrite',
    'Application',
    'Reads a mailbox’s time zone and language, and adds the Siebel categories to its list of categories.',
  ],
  [
    'User.Read.All',
    'Application',
    'Finds the mailbox of a Siebel employee, and tells colleagues from guests in meetings.',
  ],
  [
    'access_as_user',
    'Delegated, of our own API',
    'The one scope the add-in asks for: calling this service as the person who is signed in to Outlook. The add-in gets no token for Microsoft Graph.',
  ],
] as const;

/** The app registration with the values of this server: what to enter, which permissions and why, and the link for consent. */
export function registration(settings: Settings): Markup {
  const rows = permissions.map(([name, kind, why]) => [markup`<code>${name}</code>`, kind, why]);
  return markup`<section aria-labelledby="registration">
<h2 id="registration">2. The app registration in Microsoft Entra</h2>
${tableOf(['What', 'Value'], entriesOf(settings))}
<p>Under <em>Expose an API</em> add the scope <code>access_as_user</code> (administrators and users), and the application’s own
id as an authorised client, so that nobody is asked.</p>
${tableOf(['Permission', 'Kind', 'Why'], rows)}
<p>Application permissions need consent once: <a id="consent" href="${consentUrl(settings)}">consent as administrator</a>.</p>
<p>To keep the service to the mailboxes it is for, grant contacts, calendars and mailbox settings by <em>RBAC for
Applications</em> in Exchange Online (<code>New-ManagementRoleAssignment -App … -CustomResourceScope …</code>) <em>instead</em> of
consenting to them in Entra: the two add up. Such a grant takes up to two hours and does not show in a token, so that the
check above warns of it. Tasks and users are granted in Entra alone.</p>
</section>`;
}

function entriesOf({ entra, publicUrl }: Settings): readonly (readonly [string, Markup])[] {
  const address = publicUrl.replace(/^http:/, 'https:');
  const { host } = new URL(address);
  return [
    ['Application (client) id', markup`<code>${entra.clientId}</code>`],
    ['Tenant', markup`<code>${entra.tenantId}</code>`],
    ['Application ID URI', markup`<code>${entra.apiAudience}</code>`],
    [
      'Redirect URIs of type single-page application',
      markup`<code>brk-multihub://${host}</code> (sign-in inside Outlook; no path)<br>
<code>${address}/sign-in/index.html</code> (the dialog, for an Outlook that cannot do that)`,
    ],
    [
      'Redirect URI of type web',
      markup`<code>${publicUrl}/setup</code> (where the consent below comes back to)`,
    ],
    ['In its manifest', markup`<code>"requestedAccessTokenVersion": 2</code>`],
    ['App role for users', markup`<code>Siebel.Admin</code>: who may change the policy and the user map`],
  ];
}

function consentUrl({ entra, graph, publicUrl }: Settings): string {
  const question = new URLSearchParams({
    client_id: entra.clientId,
    scope: `${new URL(graph.url).origin}/.default`,
    redirect_uri: `${publicUrl}/setup`,
  });
  return `${entra.authority}/${encodeURIComponent(entra.tenantId)}/v2.0/adminconsent?${question.toString()}`;
}
