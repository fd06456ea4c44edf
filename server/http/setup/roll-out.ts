import type { Settings } from '../../config.ts';
import { markup, tableOf, type Markup } from './markup.ts';

/** How one person puts the manifest into their own mailbox, in every Outlook. */
export function trying(): Markup {
  const clients = [
    [
      'on the web, new Outlook for Windows',
      'Under Apps on the message or appointment, after reloading. New Outlook: quit and start it.',
    ],
    [
      'classic Outlook for Windows',
      'In the ribbon, after a restart, at most within a day. Optional connected experiences must be on.',
    ],
    [
      'Outlook for Mac, new interface',
      'Behind … in the toolbar, where it can be put for good; after a restart.',
    ],
    ['iOS, Android', 'Not there. The Siebel category works there too, and marks an item just the same.'],
  ];
  return markup`<section aria-labelledby="trying">
<h2 id="trying">4. Try it in your own mailbox</h2>
<ol>
<li>Open <a href="https://aka.ms/olksideload">aka.ms/olksideload</a>, which leads to <em>Add-Ins for Outlook</em>; choose <em>My add-ins</em>.</li>
<li>Under <em>Custom add-ins</em> choose <em>Add a custom add-in</em>, <em>Add from file</em>, and the manifest.</li>
<li>Open a message or an appointment and look for the group <em>Siebel</em>:</li>
</ol>
${tableOf(['Outlook', 'Where it is, and when'], clients)}
<p>It does not show? The mailbox needs the role <em>My Custom Apps</em>. After a changed manifest, remove the add-in and add it
again. Do not try it in a mailbox that has it from the administrator: two of the same Id get into each other’s way.</p>
</section>`;
}

/** How an administrator gives it to everybody, and how long each step takes. */
export function everybody({ publicUrl }: Settings): Markup {
  const waits = [
    ['First deployment', 'Minutes to 24 hours; people restart Outlook.'],
    ['Other people, or taking it away', 'Up to 24 hours, at times 72.'],
    ['New pages', 'At once: they come from this server, and nothing is deployed.'],
    [
      'A new manifest (same Id, higher version)',
      'Up to 24 hours. Should it ask for more permission, people are without the add-in until an administrator consents.',
    ],
  ];
  return markup`<section aria-labelledby="everybody">
<h2 id="everybody">5. Give it to everybody</h2>
<ol>
<li>In the <a href="https://admin.microsoft.com/#/Settings/IntegratedApps">Microsoft 365 admin center</a>, under <em>Settings</em>,
<em>Integrated apps</em>, <em>Upload custom apps</em>, <em>Office Add-in</em>, upload the file or give its address,
<code>${publicUrl}/manifest.xml</code>.</li>
<li>Choose who gets it: yourself, groups (members of nested groups may be left out) or everybody.</li>
<li>Choose <em>Fixed</em>: optional and available add-ins are missing from some Outlooks.</li>
</ol>
${tableOf(['What', 'How long it takes'], waits)}
<p>By PowerShell for Exchange Online: <code>New-App -OrganizationApp -FileData ([System.IO.File]::ReadAllBytes('manifest.xml'))
-ProvidedTo Everyone -DefaultStateForUser Enabled</code>. Add-ins need a mailbox in Exchange Online, and vanish where the
organisation switched off EWS (<code>EwsEnabled</code>).</p>
</section>`;
}
