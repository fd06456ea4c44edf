import type { FastifyReply, FastifyRequest } from 'fastify';

/** Weak: two answers with this word mean the same, whatever their bytes. */
export function weakTag(word: string): string {
  return `W/"${word}"`;
}

/**
 * Whether the caller has that answer already: `If-None-Match` names it, among others, or by `*` any. The comparison is the weak
 * one, as RFC 9110 (13.1.2) asks of this header.
 */
export function isKnown({ headers }: FastifyRequest, tag: string): boolean {
  const given = headers['if-none-match'];
  if (given === undefined) return false;
  if (given.trim() === '*') return true;
  const opaque = (text: string): string => text.replace(/^W\//, '');
  return (given.match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => opaque(one) === opaque(tag));
}

/** To be kept by the caller alone, and asked about each time. */
export function tagged(reply: FastifyReply, tag: string): void {
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'authorization' });
}
