import type { WireAnswer } from '../../wire.ts';
import { bodyOf, contextOf, created, idOf, isObject, noContent, ok, type Call } from '../call.ts';
import { badRequest, itemNotFound } from '../refusal.ts';
import type { Graph } from '../state.ts';
import { showAttachment } from './attachment-view.ts';
import { eventOf, eventSet } from './event-call.ts';
import { touchEvent } from './event-store.ts';
import type { Attachment } from './state.ts';

export function listAttachments(call: Call): WireAnswer {
  const { instance } = eventOf(call);
  return ok({
    '@odata.context': contextOf(call, setOf(call)),
    value: instance.item.attachments.map(showAttachment),
  });
}

export function createAttachment(call: Call): WireAnswer {
  const { mailbox, instance } = eventOf(call);
  const attachment = readAttachment(call.graph, bodyOf(call));
  instance.item.attachments = [...instance.item.attachments, attachment];
  touchEvent(call.graph, mailbox, instance.item);
  return created({
    '@odata.context': contextOf(call, `${setOf(call)}/$entity`),
    ...showAttachment(attachment),
  });
}

export function getAttachment(call: Call): WireAnswer {
  return ok({
    '@odata.context': contextOf(call, `${setOf(call)}/$entity`),
    ...showAttachment(attachmentOf(call)),
  });
}

export function deleteAttachment(call: Call): WireAnswer {
  const { mailbox, instance } = eventOf(call);
  const { id } = attachmentOf(call);
  instance.item.attachments = instance.item.attachments.filter((one) => one.id !== id);
  touchEvent(call.graph, mailbox, instance.item);
  return noContent;
}

/** Attachments in the body of a POST of the event itself. */
export function readAttachments(graph: Graph, rows: unknown): readonly Attachment[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => readAttachment(graph, isObject(row) ? row : {}));
}

function readAttachment({ world }: Graph, row: Readonly<Record<string, unknown>>): Attachment {
  const { name, contentBytes, contentType } = row;
  if (typeof name !== 'string' || typeof contentBytes !== 'string') {
    throw badRequest('An attachment needs a name and contentBytes.', 'ErrorPropertyValidationFailure');
  }
  return {
    id: Buffer.from(`attachment ${world.nextNumber()}`.padEnd(36)).toString('base64url'),
    name,
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    contentBytes,
    isInline: row['isInline'] === true,
    modifiedAt: world.now().getTime(),
  };
}

function attachmentOf(call: Call): Attachment {
  const id = idOf(call, 'attachment');
  const found = eventOf(call).instance.item.attachments.find((one) => one.id === id);
  if (!found) throw itemNotFound();
  return found;
}

const setOf = (call: Call) =>
  `${eventSet(call, eventOf(call).mailbox)}('${idOf(call, 'event')}')/attachments`;
