/** What the ribbon button says in the information bar: at most 150 characters with everything filled in. */
export const command = {
  marked: 'This appointment goes to Siebel.',
  unmarked: 'No longer synced with Siebel. What Siebel has stays there.',
  markedWhenSaved: 'It goes to Siebel as soon as you save it.',
  saveFirst: 'Save the appointment first, then sync it to Siebel.',
  nothingOpen: 'Open an appointment first.',
  message: 'Mails are not synced. The Siebel pane shows the people on this one.',
  meetingMail: 'Open the appointment in your calendar to sync it.',
  attention: 'This needs your attention. Open the Siebel pane to see why.',
  notThere: 'The appointment is not in your own calendar, so it cannot be synced.',
  signIn: 'Open the Siebel pane once to sign in.',
  notSetUp: 'Your mailbox is not set up for Siebel yet. Please ask your administrator.',
  switchedOff: 'Sync with Siebel is switched off for this. Please ask your administrator.',
  offline: 'Siebel Sync cannot be reached. Nothing was changed; please try again.',
  failed: 'That did not work. Nothing was changed; please try again.',
} as const;

/** English names the keys; a language that lacks one does not compile. */
export type CommandText = Readonly<Record<keyof typeof command, string>>;
