import type { Outlook } from '../read.ts';

/** What every part of this folder works with. */
export type TaskService = Pick<Outlook, 'client' | 'folders'>;
