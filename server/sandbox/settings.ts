type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of the sandbox as a program of its own, read in one place like the product's in `config.ts`. */
export function sandboxPort(environment: Environment = process.env): number {
  return portIn(environment, 'SANDBOX_PORT', '4000');
}

/** Where the product listens, whose add-in the stand-in for Outlook shows. */
export function productUrl(environment: Environment = process.env): string {
  return `http://127.0.0.1:${portIn(environment, 'PORT', '3000')}`;
}

function portIn(environment: Environment, name: string, standard: string): number {
  const text = environment[name] ?? standard;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${name} is "${text}"; a port number from 0 to 65535 was expected.`);
  }
  return port;
}
