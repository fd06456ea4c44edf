import { startSandbox } from './sandbox.ts';
import { productUrl, sandboxPort } from './settings.ts';

/** `npm run sandbox`: the stand-ins alone, empty until the control desk fills them. Exits 2 on a wrong setting. */
async function main(): Promise<void> {
  const sandbox = await startSandbox({
    ...settingsOrExit(),
    log: (line) => console.error(line),
  });
  console.log(`The sandbox listens at ${sandbox.url}`);
  console.log(`  Microsoft Graph  ${sandbox.url}/graph/v1.0`);
  console.log(`  Siebel REST      ${sandbox.url}/siebel/v1.0  (SADMIN / SADMIN)`);
  console.log(
    `  Outlook          ${sandbox.url}/outlook  (mail and calendar with the add-in, once the product runs)`,
  );
  console.log(`  Entra ID         ${sandbox.url}/entra/sandbox/v2.0`);
  console.log(
    `  Control desk     ${sandbox.url}/sandbox  (POST /sandbox/reset {"seed":"demo"} for a demo company)`,
  );
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function settingsOrExit(): Readonly<{ port: number; productUrl: string }> {
  try {
    return { port: sandboxPort(), productUrl: productUrl() };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return process.exit(2);
  }
}

await main();
