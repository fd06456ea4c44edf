import { unreachable } from '../unreachable.ts';
import { fail } from './errors.ts';
import type { Component } from './metadata.ts';
import type { Session } from './session.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';

const viewModes = [
  'Sales Rep',
  'Manager',
  'Personal',
  'Organization',
  'Sub-Organization',
  'Group',
  'Catalog',
  'All',
] as const;
export type ViewMode = (typeof viewModes)[number];

/** `ViewMode` as sent, with or without quotes; default `Sales Rep`, a wrong one SBL-EAI-04388. */
export function viewModeFrom(value: string | null): ViewMode {
  const bare = (value ?? 'Sales Rep').replace(/^["']|["']$/g, '');
  const mode = viewModes.find((known) => known === bare);
  if (mode === undefined) throw fail.argument(bare, 'ViewMode');
  return mode;
}

type Sight = Readonly<{ component: Component; row: Row; session: Session }>;

/**
 * Whether a user sees a row in a mode. Accounts, employees and lists of values are everybody's, SADMIN sees everything
 * with `All`; contacts are seen by their team and activities by who takes part.
 */
export function isVisible(store: Store, sight: Sight, mode: ViewMode): boolean {
  const { component, session } = sight;
  if (session.isGuest) return false;
  if (component.visibility === 'everybody') return true;
  if (mode === 'All' && session.isAdmin) return true;
  return component.visibility === 'team'
    ? isContactVisible(store, sight, mode)
    : isActivityVisible(store, sight, mode);
}

/**
 * A contact is seen by its team under `Sales Rep`, by its organisations' people under `Organization`, by everybody under
 * the wide modes. A personal contact is its maker's alone; one the service account made belongs to the positions it was
 * given.
 */
function isContactVisible(store: Store, { row, session }: Sight, mode: ViewMode): boolean {
  const isMine = row.values['Created By'] === session.employeeId;
  const isOnTeam = store.relation('contact-position').has(row.id, session.positionId);
  if (row.values['Personal Contact'] === 'Y') {
    const isAdminMade = row.values['Created By'] === adminId;
    return isMine ? mode !== 'Sales Rep' || isOnTeam : isAdminMade && isOnTeam;
  }
  const isInOrganization = () => store.relation('contact-organization').has(row.id, session.organizationId);
  return isWithin(mode, { isOwn: isOnTeam, isPersonal: isMine, isInOrganization });
}

/** An activity is seen by its owner and its other employees, a private one under every mode by them alone. */
function isActivityVisible(store: Store, { row, session }: Sight, mode: ViewMode): boolean {
  const isOwn = store.relation('action-employee').has(row.id, session.employeeId);
  if (row.values['Private'] === 'Y') return isOwn;
  const isInOrganization = () => row.values['Primary Organization Id'] === session.organizationId;
  return isWithin(mode, { isOwn, isPersonal: isOwn, isInOrganization });
}

function isWithin(
  mode: ViewMode,
  {
    isOwn,
    isPersonal,
    isInOrganization,
  }: Readonly<{ isOwn: boolean; isPersonal: boolean; isInOrganization: () => boolean }>,
): boolean {
  switch (mode) {
    case 'Sales Rep':
    case 'Manager':
      return isOwn;
    case 'Personal':
      return isPersonal;
    case 'Organization':
    case 'Sub-Organization':
      return isInOrganization();
    case 'Group':
    case 'Catalog':
    case 'All':
      return true;
  }
  return unreachable(mode);
}

/** The row id of SADMIN, the service account. */
export const adminId = '0-1';

/** The rows a mode can show at all, where an index tells; null means any. */
export function visibleIds(
  store: Store,
  { component, session, mode }: Readonly<{ component: Component; session: Session; mode: ViewMode }>,
): ReadonlySet<string> | null {
  if (component.visibility === 'everybody') return null;
  if (mode !== 'Sales Rep' && mode !== 'Manager') return null;
  return component.visibility === 'team'
    ? store.relation('contact-position').leftsOf(session.positionId)
    : store.relation('action-employee').leftsOf(session.employeeId);
}
