import type { ReasonTexts } from '../../../shared/reason-texts.ts';

/** What a decision rests on. */
const decided = {
  levelNone: 'Cette personne ne participe pas à la synchronisation ; rien n’est lu d’aucun côté.',
  unproven:
    'Un des côtés n’affiche rien pour le moment sans dire pourquoi ; rien n’étant établi, rien n’est fait.',
  nothingNew: 'Rien n’a changé d’aucun côté.',
  bothGone: 'L’élément n’existe plus d’aucun côté ; il n’y a plus rien à synchroniser.',
  onlyInSiebel: 'Il existe seulement dans Siebel, et vos réglages n’apportent rien dans Outlook.',
  onlyInOutlook: 'Il existe seulement dans Outlook, et vos réglages n’apportent rien dans Siebel.',
  newInSiebel: 'Il est nouveau dans Siebel ; Outlook le reçoit.',
  newInOutlook: 'Il est nouveau dans Outlook ; Siebel le reçoit.',
  takenOut: 'Il existe déjà et a été retiré de la synchronisation ; il n’est pas créé de nouveau.',
  maybeOutOfReach: 'Il existe peut-être déjà mais reste hors de portée ; il n’est pas créé de nouveau.',
  delivered: 'Repris dans {to} depuis {from} : {fields}.',
  bothWrote: 'Modifié des deux côtés : {field} ; la valeur dans {winner} l’emporte.',
  bothWroteAsked: 'Modifié des deux côtés : {fields}. Cela attend que quelqu’un choisisse un côté.',
  staysWhereItIs:
    'Ces modifications ne peuvent pas passer de l’autre côté et restent où elles sont : {fields}.',
  saysTheSame: 'Les deux côtés concordent.',
  leftSiebel: 'Il n’est plus dans Siebel ;',
  leftSiebelEdited: 'Il n’est plus dans Siebel et a été modifié entre-temps dans Outlook ;',
  leftOutlook: 'Il n’est plus dans Outlook ;',
  leftOutlookEdited: 'Il n’est plus dans Outlook et a été modifié entre-temps dans Siebel ;',
  thenOutlookCopyRemoved: 'sa copie dans Outlook est supprimée.',
  thenSiebelRecordDeleted: 'l’enregistrement dans Siebel est supprimé.',
  thenUnlisted: 'la personne est retirée de la liste de synchronisation.',
  thenUnlistedRecordStays:
    'la personne est retirée de la liste de synchronisation, l’enregistrement est conservé.',
  thenOutlookItemStays: 'l’élément reste dans Outlook, sans la catégorie.',
  thenMarkTakenOff: 'la marque est retirée.',
  thenMadeInSiebel: 'il est recréé dans Siebel.',
  thenMadeInOutlook: 'il revient dans Outlook.',
  thenApart: 'les deux ne sont plus synchronisés, rien n’est supprimé.',
  thenApartRecordStays: 'les deux ne sont plus synchronisés, l’enregistrement dans Siebel est conservé.',
  thenNothing: 'rien n’est fait pour le moment.',
  thenLeftAsItIs: 'l’élément est laissé tel quel.',
};

/** Why an Outlook item is not kept in step, or not any more. */
const off = {
  switchedOff:
    'La synchronisation est désactivée pour votre boîte aux lettres ; un administrateur peut l’activer.',
  policyNone:
    'Les règles de votre organisation excluent la synchronisation de vos {domain} ; adressez-vous à un administrateur.',
  policyFromSiebel:
    'Selon les règles de votre organisation, vos {domain} passent uniquement de Siebel à Outlook ; adressez-vous à un administrateur.',
  lookedAtNext: 'Son tour vient ensuite.',
  markedLookedAtNext: 'Il porte sa catégorie et son tour vient ensuite.',
  private: 'Il est privé, et les éléments privés restent dans Outlook.',
  uncategorised: 'Il lui manque la catégorie « {category} ».',
  outsideWindow: 'Il se situe hors de la période synchronisée.',
  cancelled: 'Son organisateur l’a annulé.',
  organizerBrings:
    'Il arrive par le calendrier de son organisateur, un collègue ; marquez-le si ce n’est pas le cas.',
  externalOrganizer:
    'Son organisateur est inconnu dans Siebel, et de telles réunions ne sont pas synchronisées ; un administrateur peut changer cela.',
  noActivityType:
    'Aucune de ses catégories n’est un type d’activité de Siebel, et seuls de tels éléments sont synchronisés.',
  madePrivate: 'Vous l’avez rendu privé dans Outlook ; les éléments privés y restent.',
  privateInSiebel: 'Il est privé dans Siebel ; les tâches privées y restent.',
  deletedInOutlook: 'Il a été supprimé dans Outlook.',
  unmarked: 'Vous avez arrêté sa synchronisation.',
  categoryRemoved: 'Sa catégorie Siebel a été retirée dans Outlook.',
  outOfReach: 'Il est hors de portée de votre connexion à Siebel ou de votre boîte aux lettres.',
  deletedInSiebel: 'Il a été supprimé dans Siebel.',
  leftSyncList: 'Vous avez été retiré de sa liste de synchronisation dans Siebel.',
  leftActivity: 'Vous en avez été retiré dans Siebel.',
  leftTeam: 'Vous ne faites plus partie de son équipe dans Siebel.',
  rejected: 'Un administrateur a décidé qu’il ne serait pas repris.',
  notInStep: 'Il n’est pas synchronisé.',
  contactNotBegun:
    'Il est privé ou n’existe plus, et les règles gardent les contacts privés dans Outlook. Retirez « Privé » et marquez-le de nouveau.',
  appointmentNotBegun:
    'Il est privé, annulé, hors de la période synchronisée ou n’existe plus ; les règles le laissent dans Outlook.',
  taskNotBegun:
    'Il se situe hors de la période synchronisée ou n’existe plus ; les règles le laissent dans Outlook.',
};

/** What is on its way, waits or was not taken. */
const underWay = {
  marking: 'Vous l’avez marqué ; il est en route.',
  unmarking: 'Vous avez arrêté sa synchronisation ; c’est en cours.',
  severalRecords: 'Plusieurs enregistrements de Siebel pourraient correspondre ; indiquez lequel est le bon.',
  waitsInSiebel: 'Des modifications faites dans Siebel attendent ({labels}).',
  wouldMail:
    'Outlook enverrait un message aux invités, ce que les règles ne permettent pas actuellement ; cela se fera dès qu’elles le permettront.',
  hostCalendarLoading:
    'Le calendrier de l’organisateur est encore en cours de chargement ; la réunion s’y trouve peut-être.',
  notInHostCalendar:
    'La réunion n’est pas encore dans le calendrier de son organisateur ; une nouvelle vérification aura lieu.',
  invitationOnItsWay:
    'L’invitation n’est pas encore arrivée dans le calendrier ; une nouvelle vérification aura lieu.',
  sideAway: '{side} ne répond pas comme il le faudrait ; une nouvelle tentative aura lieu automatiquement.',
  triedOften: 'Nombre de tentatives : {count}. Une nouvelle tentative aura lieu quand l’élément changera.',
  sideRefused: '{side} ne l’accepte pas ainsi : {text}',
};

/** What a side cannot hold as the other does, and what helps. */
const notHeld = {
  shortened: 'Siebel contient ici {count} caractères ; le reste demeure dans Outlook.',
  tooLong:
    'Siebel contient ici {count} caractères, et une moitié de valeur serait fausse ; elle reste dans Outlook.',
  valueRefused: 'Siebel n’accepte pas la valeur ; elle reste dans Outlook.',
  separateActivities:
    'Siebel tient des activités séparées jusqu’au {day} ; il ne sait pas répéter selon cette règle.',
  repeatsNearly:
    'Siebel répète à un rythme {rule} et omet jusqu’au {day} les jours qui ne suivent pas la règle.',
  occurrenceComesLater:
    'Siebel tient des activités séparées et recevra cette occurrence à l’approche de sa date.',
  lastsAMinute: 'Siebel ne tient pas de rendez-vous sans durée ; il y dure une minute.',
  oneUnknownGuest: 'Un invité n’est ni employé ni contact dans Siebel ; il figure uniquement dans Outlook.',
  unknownGuests:
    '{count} invités ne sont ni employés ni contacts dans Siebel ; ils figurent uniquement dans Outlook.',
  officeNeedsCompany:
    'Dans Siebel, un bureau est le site d’une société ; ajoutez la société. La valeur reste dans Outlook.',
  officeOfCompany: 'Dans Siebel, le bureau est le site de la société et lui appartient ; modifiez-le là-bas.',
  severalAccounts:
    'Siebel a plusieurs sociétés de ce nom ; ajoutez le bureau pour préciser laquelle. La valeur reste dans Outlook.',
  noAccount:
    'Siebel n’a pas de société de ce nom avec ce bureau, et il n’est pas permis d’en créer. La valeur reste dans Outlook.',
  noDefaultAccount:
    'La société par défaut des règles n’existe pas dans Siebel ; demandez à un administrateur de la créer ou de la corriger.',
  furtherAddresses:
    'Le contact a d’autres adresses dans Siebel, dont une prendrait la place de celle-ci ; supprimez-la là-bas.',
  noOwner:
    'L’organisateur n’est pas employé dans Siebel, et personne n’est désigné pour de tels rendez-vous ; cela se règle dans les règles.',
  ownerLeft:
    'Le propriétaire est parti et ne peut plus posséder d’activités dans Siebel ; quelqu’un d’autre doit organiser le rendez-vous.',
  organizerStays: 'Outlook ne transmet pas une réunion à un autre organisateur.',
  onlyOrganizer: 'Seul l’organisateur de la réunion peut modifier cela dans Outlook.',
  onlineMeetingText: 'Le texte d’une réunion en ligne contient le moyen de la rejoindre et reste tel quel.',
  needsTime: 'Outlook ne tient pas de rendez-vous sans horaire.',
  alwaysShown: 'Outlook affiche toujours un rendez-vous avec un statut.',
  noWayBack: 'Outlook ne peut pas rétablir une occurrence d’une série une fois annulée.',
  noSuchDay: 'La série dans Outlook n’a pas d’occurrence ce jour-là.',
  needsDueDay: 'To Do répète une tâche d’après son échéance, et celle-ci n’en a pas.',
  needsBothTimes: 'Dans Siebel, un rendez-vous a besoin d’un début et d’une fin ; indiquez les deux.',
  endsBeforeStart: 'La fin précède le début ; corrigez l’un des deux.',
  unknownTimes: 'Le début ou la fin n’est pas une heure d’un fuseau connu ; choisissez-les de nouveau.',
  seriesEndsFirst: 'La série se termine avant de commencer ; corrigez sa fin.',
  allCancelled: 'Toutes les occurrences de la série sont annulées.',
  ownersAppointment:
    'Le propriétaire ne peut pas quitter un rendez-vous dans Siebel ; supprimez-le ou attribuez-le à quelqu’un d’autre.',
  ownersTask:
    'Dans Siebel, une tâche appartient à son propriétaire ; supprimez-la ou attribuez-la à quelqu’un d’autre.',
  noPlaceWithoutTime:
    'Un rendez-vous sans horaire n’a pas sa place dans un calendrier ; une nouvelle tentative aura lieu dès qu’il en aura un.',
  noPlaceForSeries:
    'La série se termine avant de commencer et n’a pas sa place dans un calendrier ; une nouvelle tentative aura lieu quand sa fin sera plus tardive.',
  occurrenceMovedTooFar:
    'Outlook ne laisse déplacer une occurrence d’une série que jusqu’à la veille de la suivante ; une nouvelle tentative aura lieu quand elle changera.',
  outlookRefusedContact:
    'Outlook n’accepte pas le contact ({text}) ; une nouvelle tentative aura lieu quand il changera.',
  outlookRefusedFieldOfContact:
    'Outlook n’accepte pas une valeur du contact : {field} ({text}). Une nouvelle tentative aura lieu quand le contact changera.',
  outlookRefusedEvent:
    'Outlook n’accepte pas le rendez-vous ({text}) ; une nouvelle tentative aura lieu quand il changera.',
  outlookRefusedField:
    'Outlook n’accepte pas une valeur : {field} ({text}). Une nouvelle tentative aura lieu quand elle changera.',
  outlookRefusedTask:
    'Outlook n’accepte pas la tâche ({text}) ; une nouvelle tentative aura lieu quand elle changera.',
  siebelRefusedValue: 'Siebel n’accepte pas une valeur ; veuillez la corriger. Message de Siebel : {text}',
  siebelRefusedField:
    'Siebel n’accepte pas cette valeur ; veuillez la corriger : {field}. Message de Siebel : {text}',
  siebelDuplicate:
    'Siebel contient déjà un enregistrement identique ; reprenez-le ou modifiez ce qui est identique.',
  siebelForbids: 'Siebel ne le permet pas ; adressez-vous à l’administrateur de Siebel.',
};

/** The words for kinds of items and rhythms, as the sentences above take them. */
const words = {
  domain_contact: 'contacts',
  domain_appointment: 'rendez-vous',
  domain_task: 'tâches',
  rule_daily: 'quotidien',
  rule_weekly: 'hebdomadaire',
  rule_monthly: 'mensuel',
  rule_quarterly: 'trimestriel',
  rule_yearly: 'annuel',
};

export const reasons: ReasonTexts = { ...decided, ...off, ...underWay, ...notHeld, ...words };
