import type { ReasonTexts } from '../../../shared/reason-texts.ts';

/** What a decision rests on. */
const decided = {
  levelNone: 'Diese Person nimmt nicht am Abgleich teil; auf keiner Seite wird etwas eingelesen.',
  unproven: 'Eine Seite zeigt im Moment nichts und sagt nicht, warum; da nichts feststeht, geschieht nichts.',
  nothingNew: 'Auf keiner Seite hat sich etwas geändert.',
  bothGone: 'Keine Seite hat es noch; es gibt nichts mehr abzugleichen.',
  onlyInSiebel: 'Es steht nur in Siebel, und Ihre Einstellungen bringen nichts nach Outlook.',
  onlyInOutlook: 'Es steht nur in Outlook, und Ihre Einstellungen bringen nichts nach Siebel.',
  newInSiebel: 'Es ist neu in Siebel und kommt nach Outlook.',
  newInOutlook: 'Es ist neu in Outlook und geht nach Siebel.',
  takenOut: 'Es ist schon da und wurde aus dem Abgleich genommen; es wird nicht noch einmal angelegt.',
  maybeOutOfReach: 'Es ist vielleicht schon da, aber nicht erreichbar; es wird nicht noch einmal angelegt.',
  delivered: 'Von {from} nach {to} übernommen: {fields}.',
  bothWrote: '{field} wurde auf beiden Seiten geändert; es gilt der Wert aus {winner}.',
  bothWroteAsked: 'Auf beiden Seiten geändert: {fields}. Das wartet, bis jemand eine Seite wählt.',
  staysWhereItIs:
    'Diese Änderungen dürfen nicht auf die andere Seite gelangen und bleiben, wo sie sind: {fields}.',
  saysTheSame: 'Beide Seiten stimmen überein.',
  leftSiebel: 'Es ist nicht mehr in Siebel;',
  leftSiebelEdited: 'Es ist nicht mehr in Siebel und wurde inzwischen in Outlook bearbeitet;',
  leftOutlook: 'Es ist nicht mehr in Outlook;',
  leftOutlookEdited: 'Es ist nicht mehr in Outlook und wurde inzwischen in Siebel bearbeitet;',
  thenOutlookCopyRemoved: 'die Kopie in Outlook wird entfernt.',
  thenSiebelRecordDeleted: 'der Datensatz in Siebel wird gelöscht.',
  thenUnlisted: 'die Person wird von der Sync-Liste genommen.',
  thenUnlistedRecordStays: 'die Person wird von der Sync-Liste genommen, der Datensatz bleibt.',
  thenOutlookItemStays: 'das Element bleibt ohne die Kategorie in Outlook.',
  thenMarkTakenOff: 'die Markierung wird entfernt.',
  thenMadeInSiebel: 'es wird in Siebel neu angelegt.',
  thenMadeInOutlook: 'es kommt nach Outlook zurück.',
  thenApart: 'beide werden nicht mehr abgeglichen, entfernt wird nichts.',
  thenApartRecordStays: 'beide werden nicht mehr abgeglichen, der Datensatz in Siebel bleibt.',
  thenNothing: 'vorerst geschieht nichts.',
  thenLeftAsItIs: 'es bleibt, wie es ist.',
};

/** Why an Outlook item is not kept in step, or not any more. */
const off = {
  switchedOff: 'Der Abgleich ist für Ihr Postfach ausgeschaltet; ein Administrator kann ihn einschalten.',
  policyNone:
    'Nach den Regeln Ihrer Organisation werden Ihre {domain} nicht abgeglichen; wenden Sie sich an einen Administrator.',
  policyFromSiebel:
    'Nach den Regeln Ihrer Organisation gehen Ihre {domain} nur von Siebel nach Outlook; wenden Sie sich an einen Administrator.',
  lookedAtNext: 'Es ist als Nächstes an der Reihe.',
  markedLookedAtNext: 'Es hat seine Kategorie und ist als Nächstes an der Reihe.',
  private: 'Es ist privat, und Privates bleibt in Outlook.',
  uncategorised: 'Ihm fehlt die Kategorie „{category}“.',
  outsideWindow: 'Es liegt außerhalb des Zeitraums, der abgeglichen wird.',
  cancelled: 'Der Organisator hat es abgesagt.',
  organizerBrings:
    'Es kommt über den Kalender des Organisators, eines Kollegen; falls nicht, markieren Sie es.',
  externalOrganizer:
    'Der Organisator ist in Siebel nicht bekannt, und solche Besprechungen werden nicht abgeglichen; ein Administrator kann das ändern.',
  noActivityType:
    'Keine der Kategorien ist ein Aktivitätstyp in Siebel, und nur solche Elemente werden abgeglichen.',
  madePrivate: 'Sie haben es in Outlook auf privat gesetzt; Privates bleibt dort.',
  privateInSiebel: 'Es ist in Siebel privat; private Aufgaben bleiben dort.',
  deletedInOutlook: 'Es wurde in Outlook gelöscht.',
  unmarked: 'Sie haben den Abgleich dafür beendet.',
  categoryRemoved: 'Die Siebel-Kategorie wurde in Outlook entfernt.',
  outOfReach: 'Es ist für Ihre Anmeldung in Siebel oder für Ihr Postfach nicht erreichbar.',
  deletedInSiebel: 'Es wurde in Siebel gelöscht.',
  leftSyncList: 'Sie wurden in Siebel von der Sync-Liste genommen.',
  leftActivity: 'Sie wurden in Siebel daraus entfernt.',
  leftTeam: 'Sie gehören in Siebel nicht mehr zum Team.',
  rejected: 'Ein Administrator hat entschieden, dass es nicht übernommen wird.',
  notInStep: 'Es wird nicht abgeglichen.',
  contactNotBegun:
    'Es ist privat oder nicht mehr da, und private Kontakte bleiben nach den Regeln in Outlook. Nehmen Sie „Privat“ weg und markieren Sie es noch einmal.',
  appointmentNotBegun:
    'Es ist privat, abgesagt, außerhalb des Zeitraums, der abgeglichen wird, oder nicht mehr da; nach den Regeln bleibt es in Outlook.',
  taskNotBegun:
    'Es liegt außerhalb des Zeitraums, der abgeglichen wird, oder ist nicht mehr da; nach den Regeln bleibt es in Outlook.',
};

/** What is on its way, waits or was not taken. */
const underWay = {
  marking: 'Sie haben es markiert; es ist unterwegs.',
  unmarking: 'Sie haben den Abgleich dafür beendet; das ist unterwegs.',
  severalRecords: 'Mehrere Datensätze in Siebel kommen dafür infrage; sagen Sie, welcher es ist.',
  waitsInSiebel: 'Änderungen in Siebel warten ({labels}).',
  wouldMail:
    'Outlook würde Gästen deswegen eine E-Mail schicken, was die Regeln zurzeit nicht erlauben; sobald sie es tun, geht es weiter.',
  hostCalendarLoading:
    'Der Kalender des Organisators wird noch eingelesen; vielleicht steht die Besprechung dort.',
  notInHostCalendar:
    'Die Besprechung steht noch nicht im Kalender des Organisators; es wird noch einmal nachgesehen.',
  invitationOnItsWay: 'Die Einladung ist noch nicht im Kalender; es wird noch einmal nachgesehen.',
  sideAway: '{side} antwortet gerade nicht wie nötig; es wird von selbst noch einmal versucht.',
  triedOften: 'Zahl der Versuche: {count}. Es wird wieder versucht, wenn sich das Element ändert.',
  sideRefused: '{side} nimmt es so nicht an: {text}',
};

/** What a side cannot hold as the other does, and what helps. */
const notHeld = {
  shortened: 'Siebel fasst hier {count} Zeichen; der Rest bleibt in Outlook.',
  tooLong: 'Siebel fasst hier {count} Zeichen, und die Hälfte davon wäre falsch; der Wert bleibt in Outlook.',
  valueRefused: 'Siebel nimmt den Wert nicht an; er bleibt in Outlook.',
  separateActivities:
    'Siebel führt einzelne Aktivitäten bis {day}; nach dieser Regel kann es nicht wiederholen.',
  repeatsNearly: 'Siebel wiederholt {rule} und lässt die Tage, die nicht zur Regel gehören, bis {day} aus.',
  occurrenceComesLater:
    'Siebel führt einzelne Aktivitäten und bekommt diesen Termin, wenn sein Tag näher rückt.',
  lastsAMinute: 'Siebel kennt keinen Termin ohne Dauer; dort dauert er eine Minute.',
  oneUnknownGuest: 'Ein Gast ist in Siebel weder Mitarbeiter noch Kontakt und steht nur in Outlook.',
  unknownGuests: '{count} Gäste sind in Siebel weder Mitarbeiter noch Kontakte und stehen nur in Outlook.',
  officeNeedsCompany:
    'In Siebel ist ein Büro der Standort einer Firma; tragen Sie die Firma ein. Der Wert bleibt in Outlook.',
  officeOfCompany: 'In Siebel ist das Büro der Standort der Firma und gehört zu ihr; ändern Sie es dort.',
  severalAccounts:
    'Siebel hat mehrere Firmen dieses Namens; tragen Sie das Büro ein, um sie zu unterscheiden. Der Wert bleibt in Outlook.',
  noAccount:
    'Siebel hat keine Firma mit diesem Namen und Büro, und es darf keine angelegt werden. Der Wert bleibt in Outlook.',
  noDefaultAccount:
    'Die Standardfirma der Regeln gibt es in Siebel nicht; bitten Sie einen Administrator, sie anzulegen oder zu berichtigen.',
  furtherAddresses:
    'Der Kontakt hat in Siebel weitere Adressen, von denen eine an ihre Stelle träte; entfernen Sie die Adresse dort.',
  noOwner:
    'Der Organisator ist kein Mitarbeiter in Siebel, und für solche Termine ist niemand benannt; das geht in den Regeln.',
  ownerLeft:
    'Der Besitzer ist ausgeschieden und darf in Siebel keine Aktivitäten besitzen; jemand anderes muss den Termin organisieren.',
  organizerStays: 'Outlook übergibt eine Besprechung nicht an einen anderen Organisator.',
  onlyOrganizer: 'Nur der Organisator der Besprechung kann das in Outlook ändern.',
  onlineMeetingText: 'Der Text einer Onlinebesprechung enthält den Zugang zu ihr und bleibt, wie er ist.',
  needsTime: 'Outlook führt keinen Termin ohne Zeit.',
  alwaysShown: 'Outlook zeigt einen Termin immer mit einem Status an.',
  noWayBack: 'Outlook kann einen abgesagten Termin einer Serie nicht zurückbringen.',
  noSuchDay: 'Die Serie in Outlook hat an diesem Tag keinen Termin.',
  needsDueDay: 'To Do wiederholt eine Aufgabe nach ihrer Fälligkeit, und diese hat keine.',
  needsBothTimes: 'Ein Termin braucht in Siebel Beginn und Ende; tragen Sie beides ein.',
  endsBeforeStart: 'Das Ende liegt vor dem Beginn; berichtigen Sie eines von beiden.',
  unknownTimes: 'Beginn oder Ende ist keine Zeit einer bekannten Zeitzone; wählen Sie beides neu.',
  seriesEndsFirst: 'Die Serie endet, bevor sie beginnt; berichtigen Sie ihr Ende.',
  allCancelled: 'Alle Termine der Serie sind abgesagt.',
  ownersAppointment:
    'Der Besitzer kann einen Termin in Siebel nicht verlassen; löschen Sie ihn oder lassen Sie ihn jemand anderem gehören.',
  ownersTask:
    'Eine Aufgabe in Siebel gehört ihrem Besitzer; löschen Sie sie oder lassen Sie sie jemand anderem gehören.',
  noPlaceWithoutTime:
    'Ein Termin ohne Zeit hat im Kalender keinen Platz; sobald er eine hat, wird es wieder versucht.',
  noPlaceForSeries:
    'Die Serie endet, bevor sie beginnt, und hat im Kalender keinen Platz; sobald ihr Ende später liegt, wird es wieder versucht.',
  occurrenceMovedTooFar:
    'Outlook lässt einen Termin einer Serie höchstens bis zum Tag vor dem nächsten verschieben; wenn er sich ändert, wird es wieder versucht.',
  outlookRefusedContact:
    'Outlook nimmt den Kontakt nicht an ({text}); wenn er sich ändert, wird es wieder versucht.',
  outlookRefusedFieldOfContact:
    'Outlook nimmt einen Wert des Kontakts nicht an: {field} ({text}). Wenn sich der Kontakt ändert, wird es wieder versucht.',
  outlookRefusedEvent:
    'Outlook nimmt den Termin nicht an ({text}); wenn er sich ändert, wird es wieder versucht.',
  outlookRefusedField:
    'Outlook nimmt einen Wert nicht an: {field} ({text}). Wenn er sich ändert, wird es wieder versucht.',
  outlookRefusedTask:
    'Outlook nimmt die Aufgabe nicht an ({text}); wenn sie sich ändert, wird es wieder versucht.',
  siebelRefusedValue: 'Siebel nimmt einen Wert nicht an; bitte berichtigen Sie ihn. Siebel meldet: {text}',
  siebelRefusedField:
    'Siebel nimmt diesen Wert nicht an; bitte berichtigen Sie ihn: {field}. Siebel meldet: {text}',
  siebelDuplicate:
    'Siebel hat schon einen gleichen Datensatz; übernehmen Sie ihn oder ändern Sie, was gleich ist.',
  siebelForbids: 'Siebel lässt das nicht zu; wenden Sie sich an den Siebel-Administrator.',
};

/** The words for kinds of items and rhythms, as the sentences above take them. */
const words = {
  domain_contact: 'Kontakte',
  domain_appointment: 'Termine',
  domain_task: 'Aufgaben',
  rule_daily: 'täglich',
  rule_weekly: 'wöchentlich',
  rule_monthly: 'monatlich',
  rule_quarterly: 'vierteljährlich',
  rule_yearly: 'jährlich',
};

export const reasons: ReasonTexts = { ...decided, ...off, ...underWay, ...notHeld, ...words };
