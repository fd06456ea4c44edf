import type { Settings } from '../../config.ts';
import { markup, type Markup } from './markup.ts';
import { registration } from './registration.ts';
import { everybody, trying } from './roll-out.ts';
import { script, style } from './script.ts';

export type SetupView = Readonly<{ settings: Settings; manifest: string; version: string }>;

/** The page an administrator follows from top to bottom: is it well, the registration, trying it, giving it to everybody. */
export function setupPage({ settings, manifest, version }: SetupView): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Set up Siebel Sync for Outlook</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
<h1>Set up Siebel Sync for Outlook</h1>
<p>Version ${version}, for <code>${settings.publicUrl}</code>.${sandboxNote(settings)}</p>
${state()}
${registration(settings)}
${manifestSection(manifest)}
${trying()}
${everybody(settings)}
</main>
<script>${{ markup: script }}</script>
</body>
</html>
`.markup;
}

function sandboxNote({ isSandbox }: Settings): Markup {
  if (!isSandbox) return markup``;
  return markup` <strong>This is the sandbox:</strong> no real Outlook can sign in here; <a href="outlook">/outlook</a> shows
the add-in at work.`;
}

function state(): Markup {
  return markup`<section aria-labelledby="checks-title">
<h2 id="checks-title">1. Is everything in place?</h2>
<ul id="checks" aria-live="polite"><li>Looking …</li></ul>
<p><button type="button" id="again">Look again</button>
What this machine cannot see, such as a firewall before people’s machines, it cannot check.
<code>npm run cli -- doctor</code> looks at Siebel and the database too.</p>
</section>`;
}

function manifestSection(manifest: string): Markup {
  return markup`<section aria-labelledby="manifest-title">
<h2 id="manifest-title">3. The manifest</h2>
<p><a href="manifest.xml" download="manifest.xml">Download manifest.xml</a>
<button type="button" id="copy">Copy it</button> <span id="copied" role="status"></span></p>
<details><summary>Show it</summary><pre id="manifest" tabindex="0">${manifest}</pre></details>
<p>It asks for <em>read/write item</em>: the item that is open, not the mailbox.</p>
</section>`;
}
