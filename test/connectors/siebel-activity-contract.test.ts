import { emptyAppointment, type Appointment } from '../../shared/appointment.ts';
import { appointmentSample, taskSample, visit, type Sample } from './contract-samples.ts';
import { contractOf, type ContractWorld } from './contract.ts';
import { openSiebelWorld } from './siebel-world.ts';

async function openActivities(
  domain: 'appointment' | 'task',
  nestedChildren: boolean | 'auto',
): Promise<ContractWorld> {
  const world = await openSiebelWorld();
  const { ana, bruno } = world;
  const isTask = domain === 'task';
  const pathOf = (ref: string) => `Action/Action/${ref.slice(ref.indexOf('/') + 1)}`;
  return {
    connector: world.connectorWith({ nestedChildren }),
    holder: isTask ? ana : bruno,
    feed: { holder: null, feed: 'activities' },
    hand: {
      edit: async (ref, text) => {
        await world.siebel('PUT', pathOf(ref), { [isTask ? 'Description' : 'MeetingLocation']: text });
      },
      delete: async (ref) => {
        await world.siebel('DELETE', pathOf(ref));
      },
    },
    tellsStale: false,
    feedsDeletions: false,
    leave: isTask ? null : 'unlist',
    refusedItem: isTask ? null : backwards,
    close: world.close,
  };
}

const slot = {
  isAllDay: false,
  start: '2026-05-01T10:00:00',
  end: '2026-05-01T09:00:00',
  zone: 'UTC',
} as const;
const backwards: Appointment = { ...emptyAppointment, subject: 'Backwards', timeSlot: slot };

/** Ana asks Bruno, so that he may leave. */
const meeting: Sample = {
  ...appointmentSample,
  make: (number) => ({
    ...visit(number),
    organizer: { address: 'ana@example.com', name: 'ANA Test', login: 'ANA' },
    attendees: [
      {
        address: 'bruno@example.com',
        name: 'BRUNO Test',
        login: 'BRUNO',
        type: 'required',
        response: 'none',
      },
    ],
  }),
};

contractOf('Siebel’s calendar', () => openActivities('appointment', 'auto'), meeting);
contractOf(
  'a Siebel calendar that takes people one by one',
  () => openActivities('appointment', false),
  meeting,
);
contractOf('Siebel’s tasks', () => openActivities('task', 'auto'), taskSample);
