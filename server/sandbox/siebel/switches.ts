import type { World } from '../world.ts';

/** Points of Siebel that are undocumented or differ by installation, each with the sandbox's default. */
export function declareSiebelSwitches({ switches }: World): void {
  const declare = (name: string, initial: boolean | number | string, meaning: string) =>
    switches.declare(`siebel.${name}`, initial, meaning);
  declare('nestedChildren', true, 'A write may carry child records inside their parent.');
  declare('emptyChildren', true, 'A hierarchical read shows children that are not there as [].');
  declare('notModified', false, 'A PUT that changes nothing answers 304 instead of 200.');
  declare('modificationKey', false, 'A PUT with an old Mod Id is refused with SBL-DAT-00523.');
  declare('autoPrimary', false, 'When a primary goes, the next member takes its place.');
  declare('uniqueAccounts', false, 'A second account of the same Name and Location is refused.');
  declare('writesNeedSalesRep', false, 'PUT and DELETE reach only what Sales Rep shows to the user.');
  declare('anonymousFallback', false, 'Missing or wrong credentials run as a guest who sees nothing.');
  declare('trustedUserHeader', '', 'Name of the header in which a gateway names the acting user.');
  declare('alwaysUtc', false, 'Date-times are in UTC for everybody, whatever their profile says.');
  declare('doubledQuotes', false, 'A doubled quote inside a literal stands for one quote.');
  declare('htmlErrors', false, 'Every failure of 500 and above comes as the HTML page of a proxy.');
  declare('lateCommitSeconds', 0, 'Rows appear with an Updated that many seconds in the past.');
  declare('clockSkewSeconds', 0, 'Every second write is stamped by a server that many seconds ahead.');
  declare('maximumPageSize', 100, 'The server parameter MaximumPageSize.');
  declare('connectionCap', 20, 'Requests in service at once; further ones wait.');
  declare('connectionCapRefuses', false, 'Requests over the cap are refused with 503.');
  declare('requiredDescription', false, 'An activity without a Description is refused.');
  declare('activeOwners', false, 'Only employees whose Employment Status is Active can become owners.');
  declare('formerOwnerStays', false, 'Who hands an activity over to another stays among its employees.');
  declare('endFollowsStart', false, 'Writing Planned alone moves Planned Completion by as much.');
  declare('dueIsDate', false, 'Due is a plain date instead of a date-time.');
  declare('childrenStampParent', false, 'Linking and unlinking children gives their parent a new Updated.');
  declare('trimTexts', false, 'Blanks around a text are cut when it is stored.');
  declare('phoneDigits', false, 'Phone numbers are stored as digits, with their leading plus sign.');
}
