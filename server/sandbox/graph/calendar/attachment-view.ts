import { instant } from '../call.ts';
import type { Attachment } from './state.ts';

export const showAttachment = (attachment: Attachment): Record<string, unknown> => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  id: attachment.id,
  lastModifiedDateTime: instant(attachment.modifiedAt),
  name: attachment.name,
  contentType: attachment.contentType,
  size: Buffer.from(attachment.contentBytes, 'base64').length,
  isInline: attachment.isInline,
  contentId: null,
  contentLocation: null,
  contentBytes: attachment.contentBytes,
});
