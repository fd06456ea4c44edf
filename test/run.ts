import { startVitest } from 'vitest/node';

/** `npm test`: every test, and a last line that says how many passed and failed. */
const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const files = vitest.state.getFiles();
let passed = 0;
let failed = 0;
let skipped = 0;
for (const module of vitest.state.getTestModules()) {
  for (const one of module.children.allTests()) {
    const { state } = one.result();
    if (state === 'passed') passed += 1;
    else if (state === 'skipped') skipped += 1;
    else failed += 1;
  }
  // A file that does not even load holds no test, and is one failure.
  if (module.errors().length > 0) failed += 1;
}
failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
const isNothing = files.length === 0 || passed + failed === 0;
console.log(`${passed} passed, ${isNothing ? 1 : failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || isNothing ? 1 : 0);
