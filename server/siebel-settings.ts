import {
  siebelDefaults,
  type ChildNames,
  type Component,
  type SiebelAuth,
  type SiebelSettings,
} from './connectors/siebel/settings.ts';
import { unreachable } from '../shared/domain.ts';
import { activityFrom } from './activity-settings.ts';
import type { SettingReader } from './setting-reader.ts';

export type SiebelAccess = Omit<SiebelSettings, 'policy' | 'http' | 'clock'> &
  Readonly<{
    /** The customer's names of an employee's fields, by our names, where they are not the shipped ones. */
    employeeFieldMap: Readonly<Record<string, string>>;
    /** Where people open a record; `{component}` and `{id}` stand for its parts. */
    recordUrl: string;
  }>;

const optionalChildren = ['employeeSyncList', 'homeAddress', 'businessAddress'] as const;

/** How Siebel is reached and what it calls things; how we sign in comes beside it. */
export function siebelFrom(read: SettingReader, url: string): Omit<SiebelAccess, 'auth'> {
  const nested = read.choice('SIEBEL_NESTED_CHILDREN', ['auto', 'on', 'off'], 'auto');
  return {
    url,
    trustedUserHeader: read.text('SIEBEL_TRUSTED_USER_HEADER'),
    timeZone: read.zone('SIEBEL_TIME_ZONE', 'UTC'),
    concurrency: read.integer('SIEBEL_CONCURRENCY', { fallback: 4, least: 1, most: 256 }),
    pageSize: read.integer('SIEBEL_PAGE_SIZE', { fallback: siebelDefaults.pageSize, least: 1, most: 1000 }),
    viewModes: read.texts<Record<Component, string>>('SIEBEL_VIEW_MODES', siebelDefaults.viewModes),
    parameterNames: read.texts<Record<string, string>>('SIEBEL_PARAMETER_NAMES', {}),
    children: read.texts<ChildNames>('SIEBEL_CHILD_NAMES', siebelDefaults.children, optionalChildren),
    nestedChildren: nested === 'auto' ? 'auto' : nested === 'on',
    modificationKey: read.choice('SIEBEL_MODIFICATION_KEY', ['on', 'off'], 'off') === 'on',
    employeeFieldMap: read.texts<Record<string, string>>('SIEBEL_EMPLOYEE_FIELDS', {}),
    activity: activityFrom(read),
    recordUrl: read.text('SIEBEL_RECORD_URL') ?? `${url}/data/{component}/{component}/{id}`,
  };
}

export function siebelAuthFrom(read: SettingReader): SiebelAuth {
  const scheme = read.choice('SIEBEL_AUTH', ['basic', 'bearer', 'client-credentials'], 'basic');
  const because = `because SIEBEL_AUTH is ${scheme}`;
  switch (scheme) {
    case 'basic':
      return {
        scheme,
        user: read.required('SIEBEL_USER', `the login of the service account, ${because}`),
        password: read.required('SIEBEL_PASSWORD', `the password of the service account, ${because}`),
      };
    case 'bearer':
      return { scheme, token: read.required('SIEBEL_TOKEN', `the token of the service account, ${because}`) };
    case 'client-credentials':
      return {
        scheme,
        tokenUrl: read.url('SIEBEL_TOKEN_URL', null),
        clientId: read.required('SIEBEL_CLIENT_ID', `the client id at SIEBEL_TOKEN_URL, ${because}`),
        clientSecret: read.required(
          'SIEBEL_CLIENT_SECRET',
          `the client secret at SIEBEL_TOKEN_URL, ${because}`,
        ),
        scope: read.text('SIEBEL_SCOPE'),
      };
  }
  return unreachable(scheme);
}
