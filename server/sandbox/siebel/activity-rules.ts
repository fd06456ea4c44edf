import { doesChange, valueAfter, type ClassWrite } from './class-rules.ts';
import { fail } from './errors.ts';
import { planning } from './activity-planning.ts';

/**
 * What class CSSBCActivity does with a write to `Action`. Documented: the end lies after the start, Display and Type say
 * where an activity shows, the owner controls visibility
 * (https://docs.oracle.com/cd/E63029_01/books/ToolsDevRef/buscomp_classes14.html). The rest is inferred and says so.
 */
export function activityRules(write: ClassWrite): ClassWrite['sent'] {
  let now: ClassWrite = { ...write, sent: withDue(write.sent) };
  for (const rule of [standardValues, completion, planning]) {
    now = { ...now, sent: { ...now.sent, ...rule(now) } };
  }
  refuseWhatIsMissing(now);
  refuseOwnersWhoLeft(now);
  return now.sent;
}

type Values = Readonly<Record<string, string>>;

/** `Due Date` is another name of `Due`. */
function withDue(sent: Values): Values {
  const { 'Due Date': due, ...rest } = sent;
  return due === undefined || 'Due' in rest ? rest : { ...rest, Due: due };
}

/** Inferred: an insert that leaves out one of Type and Display gets the one that goes with the other. */
const typeOfDisplay: Values = {
  'Calendar and Activities': 'Appointment',
  'To Do and Activities': 'To Do',
};
const displayOfType: Values = {
  Appointment: 'Calendar and Activities',
  'To Do': 'To Do and Activities',
};

/** An insert belongs to who makes it unless it says otherwise. */
function standardValues(write: ClassWrite): Values {
  if (!write.isNew) return {};
  const { id, session } = write;
  const display =
    valueAfter(write, 'Display') || (displayOfType[valueAfter(write, 'Type')] ?? 'Activities Only');
  return {
    Display: display,
    Type: valueAfter(write, 'Type') || (typeOfDisplay[display] ?? 'Administration'),
    'Primary Owner Id': valueAfter(write, 'Primary Owner Id') || session.employeeId,
    'Primary Organization Id': valueAfter(write, 'Primary Organization Id') || session.organizationId,
    'Activity UID': valueAfter(write, 'Activity UID') || id,
  };
}

/**
 * Inferred: Status, Done Flag, Done and Percent Complete follow each other. What a write changes itself stays as written,
 * and where it contradicts itself, Status counts before the flag and the flag before the date.
 */
function completion(write: ClassWrite): Values {
  const isDone = isDoneByStatus(write) ?? isDoneByFlag(write) ?? isDoneByDate(write);
  if (isDone === null) return {};
  const wanted = isDone ? doneValues(write) : reopenedValues(write);
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !doesChange(write, name)));
}

function isDoneByStatus(write: ClassWrite): boolean | null {
  if (!doesChange(write, 'Status')) return null;
  if (valueAfter(write, 'Status') === 'Done') return true;
  return write.before['Status'] === 'Done' ? false : null;
}

function isDoneByFlag(write: ClassWrite): boolean | null {
  return doesChange(write, 'Done Flag') ? valueAfter(write, 'Done Flag') === 'Y' : null;
}

function isDoneByDate(write: ClassWrite): boolean | null {
  if (!doesChange(write, 'Done')) return null;
  if (valueAfter(write, 'Done') === '') return false;
  return write.before['Done'] ? null : true;
}

function doneValues(write: ClassWrite): Values {
  return {
    Status: 'Done',
    'Done Flag': 'Y',
    Done: valueAfter(write, 'Done') || write.now,
    'Percent Complete': '100',
  };
}

function reopenedValues(write: ClassWrite): Values {
  const status = valueAfter(write, 'Status');
  const percent = valueAfter(write, 'Percent Complete');
  return {
    Status: status === 'Done' ? 'Not Started' : status,
    'Done Flag': 'N',
    Done: '',
    'Percent Complete': percent === '100' ? '0' : percent,
  };
}

/** A repeating activity says how it repeats; a customer's Siebel may want a Description too. */
function refuseWhatIsMissing(write: ClassWrite): void {
  if (valueAfter(write, 'Repeating') === 'Y' && valueAfter(write, 'Repeating Type') === '') {
    throw fail.required('Repeating Type');
  }
  if (write.isOn('siebel.requiredDescription') && valueAfter(write, 'Description').trim() === '') {
    throw fail.required('Description');
  }
}

/** Some pick lists of employees show active ones only. */
function refuseOwnersWhoLeft(write: ClassWrite): void {
  if (!write.isOn('siebel.activeOwners') || !doesChange(write, 'Primary Owner Id')) return;
  const owner = write.rows.table('Employee').get(valueAfter(write, 'Primary Owner Id'));
  if (owner !== null && owner.values['Employment Status'] !== 'Active') {
    throw fail.picklist('Primary Owned By', 'Action', 'Employee');
  }
}
