import { contactsFor, demoActivity, wireTime, workday } from './activity.ts';
import type { DemoActivity, DemoStage } from './activity.ts';

/** The tasks of the demo company, and the activities that are neither task nor appointment. */
export function demoTasks(stage: DemoStage): readonly DemoActivity[] {
  return [...toDos(stage), ...records(stage)];
}

const statuses = [
  'Not Started',
  'In Progress',
  'Done',
  'Acknowledged',
  'On Hold',
  'Cancelled',
  'Declined',
  'Scheduled',
  'Planned',
] as const;

const priorities = ['1-ASAP', '2-High', '3-Medium', '4-Low'] as const;

const subjects = [
  'Send the revised offer',
  'Call back about the delivery date',
  'Prepare the service report',
  'Order spare sensors',
  'Update the forecast',
  'Check the contract terms',
  'Book travel for the fair',
] as const;

const percents: Readonly<Partial<Record<(typeof statuses)[number], string>>> = {
  'In Progress': '40',
  'On Hold': '75',
  Done: '100',
};

/** Every status in every priority once; due from three weeks ago to five weeks ahead, every sixth without a date. */
function toDos(stage: DemoStage): readonly DemoActivity[] {
  return statuses.flatMap((status, row) =>
    priorities.map((priority, column) => {
      const at = row * priorities.length + column;
      const owner = at % stage.employeeCount;
      const due = workday(stage.today, ((at * 11) % 40) - 15);
      const fields = {
        Display: 'To Do and Activities',
        Type: 'To Do',
        Description: subjects[at % subjects.length] ?? subjects[0],
        Status: status,
        Priority: priority,
        Due: at % 6 === 5 ? '' : wireTime(due, '00:00'),
        'Percent Complete': percents[status] ?? '0',
        ...(status === 'Done' ? { Done: wireTime(workday(stage.today, -2 - column), '16:20') } : {}),
        ...(at % 4 === 0 ? { Comment: 'See the notes of the last visit.' } : {}),
        ...(at === 9 ? { Private: 'Y' } : {}),
      };
      return demoActivity(owner, fields, { contacts: at % 3 === 0 ? [contactsFor(stage, owner, at)] : [] });
    }),
  );
}

/** Call logs, a mail, and a template: what is in Siebel but in nobody's calendar or task list. */
function records(stage: DemoStage): readonly DemoActivity[] {
  const calls = [0, 1, 7].map((owner, at) => {
    const day = workday(stage.today, -1 - at);
    const call = {
      Display: 'Activities Only',
      Type: at === 1 ? 'Call - Inbound' : 'Call - Outbound',
      Description: 'Asked about the open order',
      Status: 'Done',
      Started: wireTime(day, '11:00'),
      Done: wireTime(day, '11:10'),
    };
    return demoActivity(owner, call, { contacts: [contactsFor(stage, owner, at)] });
  });
  const mail = {
    Display: 'Communication and Activities',
    Type: 'Email - Outbound',
    Description: 'Offer sent',
    Status: 'Done',
    Done: wireTime(workday(stage.today, -1), '09:05'),
  };
  const template = {
    Display: 'Calendar and Activities',
    Type: 'Appointment',
    Description: 'Template: commissioning',
    'Template Flag': 'Y',
    Planned: wireTime(workday(stage.today, 1), '09:00'),
    'Planned Completion': wireTime(workday(stage.today, 1), '17:00'),
  };
  return [...calls, demoActivity(3, mail), demoActivity(4, template)];
}
