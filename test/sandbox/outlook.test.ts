import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../server/sandbox/sandbox.ts';
import { call } from '../support/call.ts';

const pane = `<!doctype html><head>
<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script></head><body></body>`;

describe('the pages of the Outlook stand-in', () => {
  let sandbox: Sandbox;
  let product: Server;
  const asked: IncomingMessage[] = [];
  beforeAll(async () => {
    product = createServer((request, response) => {
      asked.push(request);
      if (request.url === '/pane/index.html') {
        response.writeHead(200, {
          'content-type': 'text/html',
          'content-security-policy': "default-src 'none'",
        });
        response.end(pane);
      } else if (request.url === '/icons/icon-16.png') {
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([137, 80, 255, 0]));
      } else
        response
          .writeHead(404, { 'content-type': 'application/problem+json', etag: '"1"' })
          .end('{"code":"x"}');
    });
    await new Promise<void>((go) => product.listen(0, '127.0.0.1', go));
    const { port } = product.address() as AddressInfo;
    sandbox = await startSandbox({ port: 0, productUrl: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await sandbox.close();
    product.closeAllConnections();
    product.close();
  });
  const get = (path: string, headers = {}) => call(`${sandbox.url}${path}`, { headers });

  test('are marked as a sandbox and may not be framed', async () => {
    const page = await get('/outlook');
    expect(page.status).toBe(200);
    expect(page.text).toContain('sandbox');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('come with their scripts, without types', async () => {
    const script = await get('/outlook/page/main.ts');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.text).not.toContain('Readonly<');
  });

  test.each([
    '/outlook/page/../outlook-stand-in.ts',
    '/outlook/page/%2e%2e/product.ts',
    '/outlook/office/..%2f..%2fpackage.json',
    '/outlook/office/../package.json',
    '/outlook/page/missing.ts',
    '/outlook/product.ts',
  ])('are all there is: %s is not', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('bring office.js as it is published but for one line that trusts this machine', async () => {
    expect((await get('/outlook/office/office.js')).text).not.toContain(
      'checkReceiverOriginAndRun = function (run)',
    );
    expect((await get('/outlook/office/outlook-web-16.01.js')).text).toContain(
      'checkReceiverOriginAndRun = function (run)',
    );
  });

  test('show the product’s pages with office.js from this machine, framed by this origin only', async () => {
    const page = await get('/pane/index.html');
    expect(page.text).not.toContain('https://');
    expect(page.text).toMatch(/guest\.ts"><\/script><script src="\/outlook\/office\/office\.js">/);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });

  test('hand everything else to the product as it is', async () => {
    const icon = await fetch(`${sandbox.url}/icons/icon-16.png`);
    expect([...new Uint8Array(await icon.arrayBuffer())]).toEqual([137, 80, 255, 0]);
    const answer = await get('/api/items/task/a%2Fb?x=%26', { authorization: 'Bearer t' });
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([404, '{"code":"x"}', '"1"']);
    expect(asked.at(-1)?.url).toBe('/api/items/task/a%2Fb?x=%26');
    expect(asked.at(-1)?.headers['authorization']).toBe('Bearer t');
  });

  test('say so when the product is not there', async () => {
    await call(`${sandbox.url}/outlook/product`, { method: 'POST', body: { url: 'http://127.0.0.1:1' } });
    const answer = await get('/pane/index.html');
    expect([answer.status, answer.text]).toEqual([502, expect.stringContaining('npm start')]);
  });
});
