import type { WireAnswer, WireRequest } from '../wire.ts';
import { isRecord } from '../json.ts';
import { officeFile } from './office-files.ts';
import { pageFile } from './page-files.ts';
import { askProduct } from './product.ts';

/** The place to see the add-in without Outlook: a plain mail-and-calendar program at `/outlook`. */
export type OutlookStandIn = Readonly<{
  /** Answers `/outlook/…`; hands everything else that is not the sandbox's own to the product, the add-in's pages changed to run here. */
  answer: (prefix: string, request: WireRequest) => Promise<WireAnswer>;
}>;

/** `productUrl`: where the product listens, if that is known from the start; `POST /outlook/product {"url"}` tells it later. */
export function createOutlookStandIn(productUrl: string | null): OutlookStandIn {
  let product = productUrl;
  return {
    answer: async (prefix, request) => {
      if (prefix !== 'outlook') return askProduct(product, prefix, request);
      if (request.method === 'POST' && request.path === '/product') {
        product = urlFrom(request.body);
        return { status: product === null ? 400 : 200, body: { url: product } };
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: null };
      return (
        (await fileAt(request.path)) ?? {
          status: 404,
          body: { error: `There is nothing at /outlook${request.path}.` },
        }
      );
    },
  };
}

function fileAt(path: string): Promise<WireAnswer | null> {
  return path.startsWith('/office/') ? officeFile(path.slice('/office/'.length)) : pageFile(path);
}

function urlFrom(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const url = isRecord(body) ? body['url'] : null;
    return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
