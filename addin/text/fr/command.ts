import type { CommandText } from '../en/command.ts';

export const command: CommandText = {
  marked: 'Ce rendez-vous est envoyé à Siebel.',
  unmarked: 'N’est plus synchronisé avec Siebel. Ce qui est dans Siebel y reste.',
  markedWhenSaved: 'Il sera envoyé à Siebel dès que vous l’enregistrerez.',
  saveFirst: 'Enregistrez d’abord le rendez-vous, puis synchronisez-le avec Siebel.',
  nothingOpen: 'Ouvrez d’abord un rendez-vous.',
  message: 'Les messages ne sont pas synchronisés. Le volet Siebel montre les personnes de celui-ci.',
  meetingMail: 'Ouvrez le rendez-vous dans votre calendrier pour le synchroniser.',
  attention: 'Votre attention est requise. Ouvrez le volet Siebel pour savoir pourquoi.',
  notThere: 'Ce rendez-vous n’est pas dans votre propre calendrier : il ne peut pas être synchronisé.',
  signIn: 'Ouvrez une fois le volet Siebel pour vous connecter.',
  notSetUp: 'Votre boîte aux lettres n’est pas encore reliée à Siebel. Adressez-vous à votre administrateur.',
  switchedOff: 'La synchronisation avec Siebel est désactivée ici. Adressez-vous à votre administrateur.',
  offline: 'Siebel Sync est injoignable. Rien n’a été modifié ; veuillez réessayer.',
  failed: 'Cela n’a pas fonctionné. Rien n’a été modifié ; veuillez réessayer.',
};
