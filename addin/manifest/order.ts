import { complain, type Complaint } from './complaint.ts';
import { everyElement, type Element } from './xml.ts';

/**
 * Which children an element has, and in which order: Outlook refuses the whole manifest over one that stands in the wrong
 * place. `?` may be missing, `+` may repeat, `*` both. An element that is not here has no children. Where the same name means
 * two things, the type or the parent tells them apart. Sources: the manifest reference on learn.microsoft.com ("element
 * ordering") and the schemas in [MS-OWEMXML]; what the add-in does not use (mobile, events) is left out on purpose.
 */
const order: Readonly<Record<string, string>> = {
  OfficeApp:
    'Id AlternateId? Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl AppDomains? Hosts Requirements FormSettings Permissions Rule DisableEntityHighlighting? VersionOverrides',
  DisplayName: 'Override*',
  'OfficeApp/Description': 'Override*',
  IconUrl: 'Override*',
  HighResolutionIconUrl: 'Override*',
  SupportUrl: 'Override*',
  AppDomains: 'AppDomain+',
  Hosts: 'Host+',
  'OfficeApp/Requirements': 'Sets',
  Sets: 'Set+',
  FormSettings: 'Form+',
  Form: 'DesktopSettings TabletSettings? PhoneSettings?',
  DesktopSettings: 'SourceLocation RequestedHeight?',
  Rule: 'Rule*',
  'VersionOverrides:VersionOverridesV1_0': 'Description? Requirements? Hosts? Resources? VersionOverrides',
  'VersionOverrides:VersionOverridesV1_1':
    'Description? Requirements? Hosts Resources WebApplicationInfo? EquivalentAddins? ConnectedServiceControls? ExtendedPermissions?',
  'VersionOverrides/Requirements': 'bt:Sets',
  'bt:Sets': 'bt:Set+',
  'Host:MailHost': 'Runtimes? DesktopFormFactor MobileFormFactor?',
  DesktopFormFactor: 'SupportsSharedFolders? FunctionFile? ExtensionPoint+',
  ExtensionPoint: 'OfficeTab',
  OfficeTab: 'Group',
  Group: 'Label Control+',
  'Control:Button': 'Label Supertip Icon Action',
  Supertip: 'Title Description',
  Icon: 'bt:Image+',
  'Action:ExecuteFunction': 'FunctionName',
  'Action:ShowTaskpane': 'SourceLocation SupportsPinning? SupportsNoItemContext? SupportsMultiSelect?',
  Resources: 'bt:Images bt:Urls bt:ShortStrings bt:LongStrings',
  'bt:Images': 'bt:Image+',
  'bt:Image': 'bt:Override*',
  'bt:Urls': 'bt:Url+',
  'bt:Url': 'bt:Override*',
  'bt:ShortStrings': 'bt:String+',
  'bt:LongStrings': 'bt:String+',
  'bt:String': 'bt:Override*',
};

/** Every element stands where it may, in the order it must, as often as it may. */
export function checkOrder(root: Element): readonly Complaint[] {
  if (root.name !== 'OfficeApp') {
    return [complain(root, `<${root.name}> is no manifest.`, 'The outermost element is <OfficeApp>.')];
  }
  return everyElement(root).flatMap(({ element, parent }) => childrenOf(element, parent));
}

function childrenOf(element: Element, parent: Element | null): readonly Complaint[] {
  const type = element.attributes['xsi:type'];
  const spec =
    order[`${element.name}:${type}`] ?? order[`${parent?.name}/${element.name}`] ?? order[element.name] ?? '';
  const allowed = spec.split(' ').filter((one) => one !== '');
  const names = allowed.map((one) => one.replace(/[?+*]$/, ''));
  const advice =
    names.length === 0
      ? `<${element.name}> has no children.`
      : `The order in <${element.name}> is ${names.join(', ')}.`;
  return [...misplaced(element, names, advice), ...miscounted(element, allowed, advice)];
}

function misplaced(element: Element, names: readonly string[], advice: string): readonly Complaint[] {
  let furthest = 0;
  return element.children.flatMap((child) => {
    const place = names.indexOf(child.name);
    if (place === -1)
      return [complain(child, `<${child.name}> does not belong in <${element.name}>.`, advice)];
    if (place < furthest) {
      return [complain(child, `<${child.name}> must stand before <${names[furthest]}>.`, advice)];
    }
    furthest = place;
    return [];
  });
}

function miscounted(element: Element, allowed: readonly string[], advice: string): readonly Complaint[] {
  return allowed.flatMap((one) => {
    const name = one.replace(/[?+*]$/, '');
    const count = element.children.filter((child) => child.name === name).length;
    if (count === 0 && !/[?*]$/.test(one)) {
      return [complain(element, `<${element.name}> lacks <${name}>.`, advice)];
    }
    return count > 1 && !/[+*]$/.test(one)
      ? [complain(element, `<${element.name}> has <${name}> ${count} times; once is all it may.`, advice)]
      : [];
  });
}
