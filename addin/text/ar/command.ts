import type { CommandText } from '../en/command.ts';

export const command: CommandText = {
  marked: 'سيُنقل هذا الموعد إلى Siebel.',
  unmarked: 'توقفت المزامنة مع Siebel. ما هو موجود في Siebel يبقى فيه.',
  markedWhenSaved: 'سيُنقل إلى Siebel فور حفظه.',
  saveFirst: 'احفظ الموعد أولاً ثم زامنه مع Siebel.',
  nothingOpen: 'افتح موعداً أولاً.',
  message: 'الرسائل لا تُزامَن. يعرض جزء Siebel الأشخاص المذكورين في هذه الرسالة.',
  meetingMail: 'افتح الموعد في تقويمك لمزامنته.',
  attention: 'هذا الموعد يحتاج إلى انتباهك. افتح جزء Siebel لمعرفة السبب.',
  notThere: 'هذا الموعد ليس في تقويمك الخاص، لذا لا يمكن مزامنته.',
  signIn: 'افتح جزء Siebel مرة واحدة لتسجيل الدخول.',
  notSetUp: 'لم يُعدّ صندوق بريدك لـ Siebel بعد. يُرجى سؤال المسؤول.',
  switchedOff: 'المزامنة مع Siebel موقوفة هنا. يُرجى سؤال المسؤول.',
  offline: 'تعذّر الوصول إلى Siebel Sync. لم يتغيّر شيء؛ يُرجى المحاولة مرة أخرى.',
  failed: 'لم ينجح ذلك. لم يتغيّر شيء؛ يُرجى المحاولة مرة أخرى.',
};
