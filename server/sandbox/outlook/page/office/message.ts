import { isJson, type Json } from '../wire.ts';
import type { Program } from './open-item.ts';

/** What office.js asks of its host, without the underscores of the wire. */
export type Asked = Readonly<{
  act: 'invoke' | 'register' | 'unregister';
  /** The method, or the event. */
  name: string;
  conversation: unknown;
  correlation: unknown;
  data: unknown;
}>;

const request = 0;
const response = 1;
const acts = ['invoke', 'register', 'unregister'] as const;

/** A request of office.js; null for anything else a frame may say. */
export function askedFrom(text: unknown): Asked | null {
  const message = typeof text === 'string' ? parsed(text) : null;
  if (!isJson(message) || message['_messageType'] !== request) return null;
  const act = acts[Number(message['_actionType'])];
  if (act === undefined) return null;
  return {
    act,
    name: String(message['_actionName']),
    conversation: message['_conversationId'],
    correlation: message['_correlationId'],
    data: message['_data'],
  };
}

/** `answer`: to this very request. `event`: one more time something it registered for has happened. */
export function replyTo(asked: Asked, kind: 'answer' | 'event', data: unknown): string {
  return JSON.stringify({
    _messageType: response,
    _actionName: asked.name,
    _conversationId: asked.conversation,
    _correlationId: asked.correlation,
    _origin: location.origin,
    _data: data ?? null,
    _errorCode: 0,
    _responseType: kind === 'answer' ? 0 : 1,
    _serializerVersion: 1,
  });
}

const outlookOnTheWeb = 64;
const sets = { Mailbox: '1.15', AddinCommands: '1.3' };
const nested = { NestedAppAuth: '1.1' };

/** What office.js gets to know first. */
export function appContext(id: string, { language, signIn }: Pick<Program, 'language' | 'signIn'>): Json {
  return {
    _id: id,
    _appInstanceId: id,
    _appName: outlookOnTheWeb,
    _appVersion: '16.01',
    _appMinorVersion: 0,
    _appUILocale: language,
    _dataLocale: language,
    _docUrl: '',
    _clientMode: 0,
    _settings: {},
    _reason: 0,
    _osfControlType: 1,
    _eToken: '',
    _correlationId: id,
    _requirementMatrix: JSON.stringify(signIn === 'nested' ? { ...sets, ...nested } : sets),
    _hostFullVersion: '16.0.0.0',
    _appDomains: [location.origin],
  };
}

/** The frame's name, which tells office.js where it is. */
export function frameName(id: string, language: string): string {
  return JSON.stringify({
    baseFrameName: id,
    hostInfo: `Outlook|Web|16.01|${language}|${id}|||0`,
    xdmInfo: `${id}|${id}|${location.origin}`,
    serializerVersion: '1',
    flights: '[]',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
