import type { Settings } from '../config.ts';

/** Where office.js comes from, and the part of it that is still loaded from Microsoft's older address. */
const officeScripts = ['https://appsforoffice.microsoft.com', 'https://ajax.aspnetcdn.com'];

/**
 * What the add-in's pages may do, as options of helmet for their routes. They differ from the rest of the service in three
 * things: Outlook shows them in a frame, so the frames are named and X-Frame-Options, which knows no list, is not sent; a sign-in
 * dialog talks to the window that opened it, so windows stay connected; and Fluent's styles are made while the page runs.
 */
export function addinHeaders({ entra, graph, addin, isSandbox }: Settings) {
  const authority = originOf(entra.authority);
  const hosts = isSandbox ? [...addin.frameAncestors, originOf(graph.url)] : addin.frameAncestors;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...officeScripts],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", authority],
        frameSrc: ["'self'", authority],
        frameAncestors: ["'self'", ...hosts],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    frameguard: false,
    crossOriginOpenerPolicy: { policy: 'unsafe-none' },
  } as const;
}

function originOf(url: string): string {
  return new URL(url).origin;
}
