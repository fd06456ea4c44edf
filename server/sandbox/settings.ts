/** The one setting of the sandbox as a program of its own, read in one place like the product's in `config.ts`. */
export function sandboxPort(environment: Readonly<Record<string, string | undefined>> = process.env): number {
  const text = environment['SANDBOX_PORT'] ?? '4000';
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`SANDBOX_PORT is "${text}"; a port number from 0 to 65535 was expected.`);
  }
  return port;
}
