import type { Element } from './xml.ts';

/** One thing that is wrong with a manifest: where, what and which, and what to do about it. */
export type Complaint = Readonly<{ line: number; message: string; advice: string }>;

export function complain(element: Element, message: string, advice: string): Complaint {
  return { line: element.line, message, advice };
}
