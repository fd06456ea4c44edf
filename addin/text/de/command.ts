import type { CommandText } from '../en/command.ts';

export const command: CommandText = {
  marked: 'Dieser Termin geht nach Siebel.',
  unmarked: 'Wird nicht mehr mit Siebel abgeglichen. Was in Siebel steht, bleibt dort.',
  markedWhenSaved: 'Er geht nach Siebel, sobald Sie ihn speichern.',
  saveFirst: 'Speichern Sie den Termin zuerst und gleichen Sie ihn dann mit Siebel ab.',
  nothingOpen: 'Öffnen Sie zuerst einen Termin.',
  message: 'Mails werden nicht abgeglichen. Der Bereich „Siebel“ zeigt die Personen dieser Mail.',
  meetingMail: 'Öffnen Sie den Termin in Ihrem Kalender, um ihn abzugleichen.',
  attention: 'Hier ist etwas zu klären. Der Bereich „Siebel“ zeigt, was.',
  notThere: 'Der Termin steht nicht in Ihrem eigenen Kalender und kann nicht abgeglichen werden.',
  signIn: 'Öffnen Sie einmal den Bereich „Siebel“, um sich anzumelden.',
  notSetUp: 'Ihr Postfach ist noch nicht für Siebel eingerichtet. Bitte fragen Sie Ihre Administration.',
  switchedOff: 'Der Abgleich mit Siebel ist hierfür ausgeschaltet. Bitte fragen Sie Ihre Administration.',
  offline: 'Siebel Sync ist nicht erreichbar. Es wurde nichts geändert; bitte versuchen Sie es erneut.',
  failed: 'Das hat nicht geklappt. Es wurde nichts geändert; bitte versuchen Sie es erneut.',
};
