import { complain, type Complaint } from './complaint.ts';
import type { Source } from './permission.ts';
import { everyElement, type Element } from './xml.ts';

/** Where the buttons stand, and what a pane may do there: appointments know no pinning, and only reading knows "no item". */
const surfaces: Readonly<Record<string, readonly string[]>> = {
  MessageReadCommandSurface: ['SupportsPinning', 'SupportsNoItemContext'],
  MessageComposeCommandSurface: ['SupportsPinning'],
  AppointmentOrganizerCommandSurface: [],
  AppointmentAttendeeCommandSurface: [],
};
const switches = ['SupportsPinning', 'SupportsNoItemContext', 'SupportsMultiSelect'];
const mostControls = 6;

/** The four command surfaces are there, with what each of them takes; every ribbon function exists in the code. */
export function checkSurfaces(root: Element, sources: readonly Source[]): readonly Complaint[] {
  const all = everyElement(root).map(({ element }) => element);
  const points = all.filter(({ name }) => name === 'ExtensionPoint');
  const missing = Object.keys(surfaces).filter((type) => !points.some((point) => typeOf(point) === type));
  return [
    ...missing.map((type) => complain(root, `There is no button on ${type}.`, 'Add the extension point.')),
    ...points.flatMap(checkPoint),
    ...all
      .filter(({ name }) => name === 'FunctionName')
      .flatMap((element) => checkFunction(element, sources)),
  ];
}

function checkPoint(point: Element): readonly Complaint[] {
  const type = typeOf(point);
  const allowed = surfaces[type];
  if (allowed === undefined) {
    return [
      complain(
        point,
        `The extension point ${type} is not for this add-in.`,
        `Use ${Object.keys(surfaces).join(', ')}.`,
      ),
    ];
  }
  const inside = everyElement(point).map(({ element }) => element);
  const tab = inside.find(({ name }) => name === 'OfficeTab');
  const controls = inside.filter(({ name }) => name === 'Control').length;
  return [
    ...inside
      .filter(({ name, text }) => switches.includes(name) && text === 'true' && !allowed.includes(name))
      .map((element) => complain(element, `${element.name} does not exist on ${type}.`, 'Take it out.')),
    ...(tab && tab.attributes['id'] !== 'TabDefault'
      ? [
          complain(
            tab,
            `The tab is ${tab.attributes['id']}.`,
            'Outlook on the web and on Mac knows TabDefault only.',
          ),
        ]
      : []),
    ...(controls > mostControls
      ? [complain(point, `${type} has ${controls} buttons.`, `A group has at most ${mostControls}.`)]
      : []),
  ];
}

function checkFunction(element: Element, sources: readonly Source[]): readonly Complaint[] {
  if (
    sources.some(({ name, text }) => name.startsWith('addin/command/') && text.includes(`'${element.text}'`))
  )
    return [];
  const message = `No code of the add-in registers the function ${element.text}.`;
  return [
    complain(element, message, 'Name it in Office.actions.associate, or the button hangs for five minutes.'),
  ];
}

function typeOf(element: Element): string {
  return element.attributes['xsi:type'] ?? '';
}
